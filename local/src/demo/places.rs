//! The organization of the demo, and what its people are trained in where.

use serde_json::{Value, json};
use uuid::Uuid;

pub(super) const NAME: &str = "Nordkai Shipyards";
pub(super) const TIME_ZONE: &str = "Europe/Berlin";
pub(super) const SUPPORT: &str = "training@nordkai.example.com";

/// Name and address; the first one is there from the beginning.
pub(super) const ADMINS: [(&str, &str); 3] = [
    ("Ada Brandt", "admin@example.com"),
    ("Jonas Weber", "jonas.weber@nordkai.example.com"),
    ("Lucía Prieto", "lucia.prieto@nordkai.example.com"),
];

/// The key under which the staff office's program brings people in.
pub(super) const API_KEY: &str = "Staff office";

/// Title, and the last part of the address.
pub(super) const MODULES: [(&str, &str); 12] = [
    ("Site induction", "site-induction"),
    ("Hot work safety", "hot-work"),
    ("Working at height", "height"),
    ("Confined spaces", "confined-spaces"),
    ("Lifting and slinging", "lifting"),
    ("Crane signals", "crane-signals"),
    ("Lockout and tagout", "lockout"),
    ("Blasting and coating", "coating"),
    ("First aid at work", "first-aid"),
    ("Fire watch", "fire-watch"),
    ("Waste and water protection", "environment"),
    ("Night work and fatigue", "night-work"),
];

/// One group, site or region, with its modules.
pub(super) struct Unit {
    pub kind: &'static str,
    pub name: &'static str,
    modules: &'static [&'static str],
}

const fn unit(kind: &'static str, name: &'static str, modules: &'static [&'static str]) -> Unit {
    Unit { kind, name, modules }
}

/// Two of them have nothing yet, so that there is something to be warned of.
pub(super) const UNITS: [Unit; 13] = [
    unit("site", "Hamburg yard", &["site-induction", "first-aid", "environment"]),
    unit("site", "Bremerhaven dock", &["site-induction", "confined-spaces"]),
    unit("site", "Gdynia yard", &["site-induction", "first-aid"]),
    unit("site", "Vigo yard", &["site-induction", "night-work"]),
    unit("group", "Welders", &["hot-work", "fire-watch"]),
    unit("group", "Riggers", &["lifting", "height"]),
    unit("group", "Crane operators", &["crane-signals", "lifting"]),
    unit("group", "Electricians", &["lockout"]),
    unit("group", "Painters", &["coating", "confined-spaces"]),
    unit("group", "Visitors", &[]),
    unit("region", "North Sea", &["environment"]),
    unit("region", "Baltic", &["environment"]),
    unit("region", "Atlantic", &[]),
];

/// The id of the module at this address.
pub(super) fn module_id(slug: &str) -> String {
    id(&format!("module/{slug}"))
}

/// The id of the unit of this name.
pub(super) fn unit_id(name: &str) -> String {
    id(&format!("unit/{name}"))
}

fn id(name: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("https://nordkai.example.com/{name}").as_bytes()).to_string()
}

/// A module as put-module takes it.
pub(super) fn module(title: &str, slug: &str) -> Value {
    json!({"title": title, "url": format!("https://training.example.com/{slug}")})
}

impl Unit {
    /// The unit as put-unit takes it.
    pub(super) fn body(&self) -> Value {
        let modules: Vec<_> = self.modules.iter().map(|slug| module_id(slug)).collect();
        json!({"kind": self.kind, "name": self.name, "modules": modules})
    }
}

/// An allocation as the API takes it, of units by name.
pub(super) fn allocation(names: &[&str]) -> Value {
    let of = |kind: &str| -> Vec<String> {
        let units = UNITS.iter().filter(|unit| unit.kind == kind && names.contains(&unit.name));
        units.map(|unit| unit_id(unit.name)).collect()
    };
    json!({"groups": of("group"), "sites": of("site"), "regions": of("region")})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_name_modules_that_there_are() {
        for unit in &UNITS {
            for slug in unit.modules {
                assert!(MODULES.iter().any(|(_, known)| known == slug), "{}: {slug}", unit.name);
            }
        }
        assert!(MODULES.iter().all(|(_, slug)| UNITS.iter().any(|unit| unit.modules.contains(slug))));
    }
}
