//! `put-module`: an admin puts a training module into the catalog, or changes it.

use lambda_http::http::Uri;
use serde::Deserialize;
use shared::domain::{Module, ModuleId, Title};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
};

/// PUT /v1/modules/{id}
pub const OPERATION: Operation = http_operation!("put-module", put_module);

/// The longest address of a module, in bytes.
const URL_MAX: usize = 2_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    title: Option<String>,
    url: Option<String>,
}

async fn put_module(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = ModuleId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let title = fields.required("title", body.title.as_deref(), Title::parse);
    let url = fields.required("url", body.url.as_deref(), url);
    let (title, url) = fields.finish((title, url))?;
    let module = Module { id, title, url };
    app.store.put_module(actor.organization, actor.id, &module).await?;
    Ok(Reply::ok(&module))
}

/// An absolute `https` address in the form browsers copy it: members click it, so nothing that a browser would run is let in,
/// and nothing that reads as another address than it is.
fn url(text: &str) -> Result<String, String> {
    let refused = || format!("must be an https address of at most {URL_MAX} bytes");
    let uri: Uri = text.parse().map_err(|_| refused())?;
    let plain = text.len() <= URL_MAX && text.bytes().all(|byte| byte.is_ascii_graphic());
    let host =
        uri.authority().is_some_and(|authority| !authority.host().is_empty() && !authority.as_str().contains('@'));
    let good = plain && host && uri.scheme_str() == Some("https");
    if good { Ok(text.to_owned()) } else { Err(refused()) }
}
