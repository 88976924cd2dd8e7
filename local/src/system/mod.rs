//! Puts the parts together.

mod running;

use std::{collections::BTreeMap, net::Ipv4Addr, sync::Arc};

use anyhow::{Context, Result, bail};
use aws_config::timeout::TimeoutConfig;
use axum::http::Uri;
use functions::{
    App, Operation,
    app::{ATTEMPT_TIMEOUT, CONNECT_TIMEOUT, Services},
};
use shared::{config::Config, email::SEND_TIMEOUT};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    bus::{self, Recorder},
    clients,
    data_dir::DataDir,
    engine::Engine,
    first_start::{self, CREATE_ORGANIZATION},
    gateway::{Gateway, Routes},
    guard::Access,
    invoker::Invoker,
    lambda_api::LambdaApi,
    mailbox::{self, Mailbox},
    options::{Data, Options},
    rest::Rest,
    schedule,
    site::{self, Site},
    stream::Pump,
    table,
    template::{self, Rule, Template},
    web::Web,
};

pub use running::Running;

/// The local system.
pub struct System;

impl System {
    /// Starts a system with these operations. Once it returns, requests are answered.
    ///
    /// # Errors
    /// When anything it needs is missing or broken; the message says what to do.
    pub async fn start(options: Options, operations: &[Operation]) -> Result<Running> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.with_context(|| {
            format!(
                "can't listen on 127.0.0.1:{}; stop the program that uses this port, or choose another --port",
                options.port
            )
        })?;
        let port = listener.local_addr()?.port();
        let base_url = options.base_url.clone().unwrap_or_else(|| format!("http://localhost:{port}"));

        let mut template = Template::load(&options.template, &template::parameters(&base_url, &options.mail_from))?;
        let mismatches = template.mismatches(operations);
        if !mismatches.is_empty() {
            bail!("the template and the program do not have the same operations: {}", mismatches.join("; "));
        }
        let mut environment = template.environment()?;
        if let Some(table) = &options.table {
            template.table.name.clone_from(table);
            environment.insert("TABLE_NAME".to_owned(), table.clone());
        }
        // Receivers on this machine are what there is to try webhooks with.
        environment.insert("WEBHOOK_TARGETS".to_owned(), "any".to_owned());
        environment.extend(options.environment.clone());
        let web = Web::new(options.web.clone())?;
        let data = match &options.data {
            Data::Folder(path) => DataDir::open(path)?,
            Data::Held(folder) => folder.clone(),
            Data::Temporary => DataDir::temporary()?,
        };
        // The key to what is started here, and to what runs elsewhere.
        let access = options.access.clone().unwrap_or_else(Access::generate);
        let elsewhere = options.access.clone().unwrap_or_else(Access::of_environment);
        let access_to = |given: &Option<String>| if given.is_some() { &elsewhere } else { &access };
        let (engine, dynamodb_endpoint) = match options.dynamodb_endpoint.clone() {
            Some(endpoint) => (None, endpoint),
            None => {
                let engine = Engine::start(&data, options.schedules, &access).await?;
                let endpoint = engine.endpoint().to_owned();
                (Some(engine), endpoint)
            }
        };
        let mailbox = Mailbox::open(&data)?;
        let rest = Rest::default();
        let mut tasks = Vec::new();
        let (publisher, events) = bus::open(rest.clone());
        let recorder = Recorder::default();
        let eventbridge_endpoint = match options.eventbridge_endpoint.clone() {
            Some(endpoint) => endpoint,
            None => {
                let (endpoint, server) = bus::serve(publisher.clone(), recorder.clone(), &access).await?;
                tasks.push(server);
                endpoint
            }
        };
        let ses_endpoint = match options.ses_endpoint.clone() {
            Some(endpoint) => endpoint,
            None => {
                let clock = options.clock.clone();
                let (endpoint, server) = mailbox::serve(mailbox.clone(), publisher, clock, &access).await?;
                tasks.push(server);
                endpoint
            }
        };
        let to_table = access_to(&options.dynamodb_endpoint).clone();
        let dynamodb = clients::dynamodb(&dynamodb_endpoint, &to_table);
        let table = template.table.name.clone();
        table::ensure(&dynamodb, &template.table)
            .await
            .with_context(|| format!("the table at {dynamodb_endpoint} can't be used"))?;

        let functions_endpoint = options.functions_dynamodb_endpoint.as_deref().unwrap_or(&dynamodb_endpoint);
        let services = Services {
            dynamodb: to_table.sdk(functions_endpoint),
            ses: access_to(&options.ses_endpoint).sdk(&ses_endpoint),
            eventbridge: access_to(&options.eventbridge_endpoint).sdk(&eventbridge_endpoint),
        };
        let app = app(&options, &environment, services)?;
        let mut routes = Routes::default();
        let mut invokers = Vec::new();
        for function in &template.functions {
            let Some(operation) = operations.iter().find(|operation| operation.name == function.operation) else {
                continue;
            };
            let invoker = Invoker::new(app.clone(), *operation, function.timeout * options.slowness);
            for route in &function.routes {
                routes.add(route, invoker.clone());
            }
            invokers.push(invoker);
        }
        tasks.push(bus::run(events, rules(&template, &invokers)));

        let mut created = None;
        if let (Some(organization), Some(invoker)) = (options.organization, find(&invokers, CREATE_ORGANIZATION))
            && first_start::create_organization(&dynamodb, &table, invoker, &organization).await?
        {
            created = Some(organization);
        }
        if options.streams {
            let stream = clients::dynamodb_streams(&dynamodb_endpoint, &to_table);
            tasks.extend(pumps(&template, &invokers, &dynamodb, &stream, &data, &rest).await?);
        }
        if options.schedules {
            for (schedule, invoker) in schedules(&template, &invokers) {
                tasks.push(schedule::start(schedule.clone(), invoker.clone()));
            }
        }
        let (stop, stopped) = oneshot::channel();
        let gateway = Arc::new(Gateway::new(routes));
        let own_host = own_host(&base_url);
        let lambda = LambdaApi::new(&template, &invokers);
        let site = Site {
            gateway: gateway.clone(),
            mailbox: mailbox.clone(),
            events: recorder.clone(),
            web,
            own_host,
            lambda,
        };
        let server = site::serve(listener, site, stopped);
        Ok(Running {
            base_url,
            port,
            dynamodb_endpoint,
            ses_endpoint,
            eventbridge_endpoint,
            access: to_table,
            table,
            environment,
            app,
            mailbox,
            events: recorder,
            template,
            created,
            invokers,
            gateway,
            rest,
            engine,
            _data: data,
            stop: Some(stop),
            server,
            tasks,
        })
    }
}

/// The name of the host in an origin, without its port.
fn own_host(base_url: &str) -> String {
    let uri: Uri = base_url.parse().unwrap_or_default();
    uri.host().unwrap_or_default().to_ascii_lowercase()
}

/// The one place where the operations' state is built here.
fn app(options: &Options, environment: &BTreeMap<String, String>, services: Services) -> Result<App> {
    let config = Config::from_lookup(|name| Ok(environment.get(name).cloned()))?;
    let of_table = TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT * options.slowness)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT * options.slowness)
        .build();
    let of_mail = TimeoutConfig::builder().operation_timeout(SEND_TIMEOUT * options.slowness).build();
    let services = Services {
        dynamodb: services.dynamodb.into_builder().timeout_config(of_table).build(),
        ses: services.ses.into_builder().timeout_config(of_mail).build(),
        ..services
    };
    Ok(App::connect(config, services, options.clock.clone(), options.random.clone()))
}

fn find<'i>(invokers: &'i [Invoker], operation: &str) -> Option<&'i Invoker> {
    invokers.iter().find(|invoker| invoker.operation() == operation)
}

fn schedules<'t>(
    template: &'t Template,
    invokers: &'t [Invoker],
) -> impl Iterator<Item = (&'t crate::template::Schedule, &'t Invoker)> {
    let pairs = template.functions.iter().filter_map(|function| Some((function, find(invokers, &function.operation)?)));
    pairs.flat_map(|(function, invoker)| function.schedules.iter().map(move |schedule| (schedule, invoker)))
}

/// Each rule with the function it calls.
fn rules(template: &Template, invokers: &[Invoker]) -> Vec<(Rule, Invoker)> {
    let pairs = template.functions.iter().filter_map(|function| Some((function, find(invokers, &function.operation)?)));
    pairs.flat_map(|(function, invoker)| function.rules.iter().map(|rule| (rule.clone(), invoker.clone()))).collect()
}

async fn pumps(
    template: &Template,
    invokers: &[Invoker],
    dynamodb: &aws_sdk_dynamodb::Client,
    streams: &aws_sdk_dynamodbstreams::Client,
    data: &DataDir,
    rest: &Rest,
) -> Result<Vec<JoinHandle<()>>> {
    let mut tasks = Vec::new();
    for function in &template.functions {
        let Some(invoker) = find(invokers, &function.operation) else { continue };
        for trigger in &function.streams {
            let stream = table::stream_arn(dynamodb, &template.table.name).await?.context("the table has no stream")?;
            let client = streams.clone();
            tasks.push(Pump::new(client, stream, trigger.clone(), invoker.clone(), data.path(), rest)?.start());
        }
    }
    Ok(tasks)
}

#[cfg(test)]
mod tests;
