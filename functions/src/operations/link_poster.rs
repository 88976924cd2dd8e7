//! `link-poster`: a page to be printed and put up, with the link's QR code.

use std::collections::BTreeSet;

use shared::{
    domain::{Catalog, Language, Link, LinkState, Organization, UnknownLanguage},
    locale,
};

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
    poster::{self, PosterLogo, PosterParts, Welcome},
    views,
};

/// GET /v1/links/{id}/poster
pub const OPERATION: Operation = http_operation!("link-poster", link_poster);

async fn link_poster(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let asked = Asked::of(&request)?;
    let (organization, link, catalog) = tokio::try_join!(
        app.store.organization(actor.organization),
        app.store.link(actor.organization, id(&request)?),
        app.store.catalog(actor.organization),
    )?;
    let organization: Organization = organization.ok_or(ApiError::Unauthenticated)?;
    let link: Link = link.filter(|link| link.state != LinkState::Deleted).ok_or(ApiError::LinkNotFound)?;
    let url = views::join_url(&link, app.config.base_url.as_str());
    if asked.part == Part::Qr {
        let drawing = poster::qr_svg(&url).map_err(ApiError::internal)?;
        return Ok(Reply::document("image/svg+xml", "qr.svg", drawing));
    }
    let logo = match organization.logo {
        // Gone if it was replaced since the settings were read: a poster without it is better than none.
        Some(logo) => app.store.logo(logo.hash).await?.map(|picture| PosterLogo::new(logo.size, &picture)),
        None => None,
    };
    let mut languages = asked.languages.into_iter();
    let language = languages.next().unwrap_or(organization.language);
    let parts = PosterParts {
        language,
        also: languages.collect(),
        organization: organization.name.as_str(),
        trainings: trainings(&link, &catalog),
        sites: link.allocation.sites.iter().filter_map(|&site| Some(catalog.unit(site)?.name.as_str())).collect(),
        welcome: link.welcome_in(language).map(|text| Welcome {
            text: text.as_str(),
            language: if link.is_translated(language) { Some(language) } else { link.intake.text_language },
        }),
        until: link.expires_at.map(|at| locale::date_time(language, organization.time_zone, at)),
        url: &url,
        logo,
        accent: organization.accent_color.map(|color| color.shades().light.color),
    };
    if request.prefers("image/svg+xml", "text/html") {
        let drawing = poster::svg(&parts).map_err(ApiError::internal)?;
        return Ok(Reply::document("image/svg+xml", "poster.svg", drawing).with_pictures());
    }
    let page = poster::html(&parts).map_err(ApiError::internal)?;
    Ok(Reply::document("text/html; charset=utf-8", "poster.html", page).with_style(poster::STYLE))
}

/// What of a poster is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The whole sheet.
    Sheet,
    /// The QR code alone.
    Qr,
}

struct Asked {
    part: Part,
    /// The languages it is to be in, each once; none for the organization's.
    languages: Vec<Language>,
}

impl Asked {
    fn of(request: &ApiRequest) -> Result<Self, ApiError> {
        let mut fields = Fields::default();
        let part = fields.optional("part", request.query("part")?.as_deref(), |text| match text {
            "sheet" => Ok(Part::Sheet),
            "qr" => Ok(Part::Qr),
            _ => Err("must be \"sheet\" or \"qr\""),
        });
        let languages = fields.optional("languages", request.query("languages")?.as_deref(), languages);
        let (part, languages) = fields.finish((part, languages))?;
        Ok(Self { part: part.unwrap_or(Part::Sheet), languages: languages.unwrap_or_default() })
    }
}

/// Reads tags with commas between.
fn languages(text: &str) -> Result<Vec<Language>, UnknownLanguage> {
    let mut languages = Vec::new();
    for tag in text.split(',') {
        let language = Language::parse(tag.trim())?;
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    Ok(languages)
}

/// The titles of the modules that people get, each once, in the order of the units that give them.
fn trainings<'a>(link: &Link, catalog: &'a Catalog) -> Vec<&'a str> {
    let given = link.allocation.units().filter_map(|id| catalog.unit(id)).flat_map(|unit| &unit.modules);
    let mut seen = BTreeSet::new();
    let once = given.filter(|id| seen.insert(**id));
    once.filter_map(|id| catalog.modules.iter().find(|module| module.id == *id))
        .map(|module| module.title.as_str())
        .collect()
}
