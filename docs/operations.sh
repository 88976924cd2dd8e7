# Functions for the commands of docs/OPERATIONS.md. Load them into bash with `. docs/operations.sh`. They are about the stack that the
# variable STACK names, or else about `access-links`.

# An output of the stack: `output SiteUrl`.
output() {
    aws cloudformation describe-stacks --stack-name "${STACK:-access-links}" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

# The value of a parameter of the stack: `parameter BaseUrl`. A secret one is shown as stars.
parameter() {
    aws cloudformation describe-stacks --stack-name "${STACK:-access-links}" --output text \
        --query "Stacks[0].Parameters[?ParameterKey=='$1'].ParameterValue"
}

# The name that AWS gave a resource of the template: `resource SendMailRole`.
resource() {
    aws cloudformation describe-stack-resource --stack-name "${STACK:-access-links}" --logical-resource-id "$1" --output text \
        --query StackResourceDetail.PhysicalResourceId
}

# Changes parameters of the version that is deployed, and waits until that is done: `change LogRetentionDays=60`. All others keep their
# values. Nothing is built.
change() {
    local stack=${STACK:-access-links} name pair parameters=()
    for name in $(aws cloudformation describe-stacks --stack-name "$stack" --output text --query 'Stacks[0].Parameters[].ParameterKey'); do
        case " $*" in
            *" $name="*) ;;
            *) parameters+=("ParameterKey=$name,UsePreviousValue=true") ;;
        esac
    done
    for pair in "$@"; do
        # In quotes, because a value may have a comma.
        parameters+=("ParameterKey=${pair%%=*},ParameterValue=\"${pair#*=}\"")
    done
    # The template is a serverless one, which CloudFormation expands: hence the second capability.
    aws cloudformation update-stack --stack-name "$stack" --use-previous-template \
        --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameters "${parameters[@]}" &&
        aws cloudformation wait stack-update-complete --stack-name "$stack"
}

# The names of all functions of the stack.
functions() {
    aws cloudformation list-stack-resources --stack-name "${STACK:-access-links}" --output text \
        --query "StackResourceSummaries[?ResourceType=='AWS::Lambda::Function'].PhysicalResourceId" | tr '\t' '\n'
}

# Runs a command with each name of its input added to it, eight at a time. Fails if one of them failed.
each() {
    local name job jobs=() failed=0
    while read -r name; do
        "$@" "$name" >/dev/null </dev/null &
        jobs+=($!)
        if [ ${#jobs[@]} = 8 ]; then
            for job in "${jobs[@]}"; do wait "$job" || failed=1; done
            jobs=()
        fi
    done
    for job in ${jobs[@]+"${jobs[@]}"}; do wait "$job" || failed=1; done
    return $failed
}

# Stops every function: none is started any more. publish-events is the last, a minute later, so that it finishes what was written.
# Fails if a function could not be stopped; then run it again.
pause() {
    local stop=(aws lambda put-function-concurrency --reserved-concurrent-executions 0 --function-name)
    functions | grep -v PublishEvents | each "${stop[@]}" || return
    sleep 60
    functions | grep PublishEvents | each "${stop[@]}" || return
    # A call that had begun ends within 20 seconds.
    sleep 20
}

# Lets every function start again. Fails if a function could not be let go; then run it again.
resume() {
    functions | each aws lambda delete-function-concurrency --function-name
}
