"""Alarms of CloudWatch."""

from ministack.services.cloudformation import provisioners


def alarm_of_first_metric(record):
    """An alarm on metric math is refused and ends the deployment: it is stored as one on its first metric. It never goes off."""

    def stored(name, props):
        if metrics := props.get("Metrics"):
            stat = next(m["MetricStat"] for m in metrics if "MetricStat" in m)
            props = {k: v for k, v in props.items() if k != "Metrics"} | {
                "MetricName": stat["Metric"]["MetricName"],
                "Namespace": stat["Metric"]["Namespace"],
                "Dimensions": stat["Metric"].get("Dimensions", []),
                "Period": stat["Period"],
                "Statistic": stat["Stat"],
            }
        return record(name, props)

    return stored


def install():
    provisioners._cw_metric_alarm_record = alarm_of_first_metric(provisioners._cw_metric_alarm_record)
