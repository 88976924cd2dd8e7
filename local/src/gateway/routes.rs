//! Which function a request goes to.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::{invoker::Invoker, template::Route};

/// The routes of the API.
#[derive(Default)]
pub struct Routes(Vec<Entry>);

struct Entry {
    key: String,
    method: String,
    segments: Vec<Segment>,
    invoker: Invoker,
}

enum Segment {
    Exact(String),
    Parameter(String),
}

/// What a request was matched to.
pub(super) struct Found<'r> {
    pub route_key: &'r str,
    pub parameters: BTreeMap<String, String>,
    pub invoker: &'r Invoker,
}

impl Routes {
    /// Adds a route to a function.
    pub fn add(&mut self, route: &Route, invoker: Invoker) {
        let segments =
            route.path.split('/').map(|text| match text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
                Some(name) => Segment::Parameter(name.to_owned()),
                None => Segment::Exact(text.to_owned()),
            });
        self.0.push(Entry {
            key: format!("{} {}", route.method, route.path),
            method: route.method.clone(),
            segments: segments.collect(),
            invoker,
        });
    }

    /// The most specific route that fits: what is written out goes before what is a parameter.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<Found<'_>> {
        let parts: Vec<&str> = path.split('/').collect();
        let fitting = self.0.iter().filter(|entry| entry.method == method && entry.fits(&parts));
        let entry = fitting.min_by_key(|entry| entry.parameter_positions())?;
        let mut parameters = BTreeMap::new();
        for (segment, part) in entry.segments.iter().zip(&parts) {
            if let Segment::Parameter(name) = segment {
                parameters.insert(name.clone(), percent_decode_str(part).decode_utf8_lossy().into_owned());
            }
        }
        Some(Found { route_key: &entry.key, parameters, invoker: &entry.invoker })
    }
}

impl Entry {
    fn fits(&self, parts: &[&str]) -> bool {
        self.segments.len() == parts.len()
            && self.segments.iter().zip(parts).all(|(segment, part)| match segment {
                Segment::Exact(text) => text == part,
                Segment::Parameter(_) => !part.is_empty(),
            })
    }

    /// Where its parameters stand; of two routes that fit, the one whose first parameter comes later is meant.
    fn parameter_positions(&self) -> Vec<bool> {
        self.segments.iter().map(|segment| matches!(segment, Segment::Parameter(_))).collect()
    }
}
