//! Values that break the rules of fields.

use serde_json::{Value, json};

pub(super) const ID: &str = "77777777-7777-4777-8777-777777777777";

/// Texts that are no name of anything, with whether an empty or longer text would do.
pub(super) fn bad_names() -> Vec<Value> {
    let long = "x".repeat(101);
    let texts = ["", "   ", "a\0b", "a\u{1}b", "a\nb", "a\tb", "a\u{7f}b", "a\u{202e}b", "a\u{200b}b", "a\u{2066}b"];
    texts.iter().map(|text| json!(text)).chain([json!(long)]).collect()
}

pub(super) fn bad_addresses() -> Vec<Value> {
    let long = format!("{}@example.com", "x".repeat(65));
    [
        "",
        "a",
        "a@b",
        "@example.com",
        "a@example.com,b@example.com",
        "a@example.com;b@example.com",
        "Ana <a@example.com>",
        "a@example.com\r\nBcc: b@example.com",
        "a\0@example.com",
        "a\u{200b}@example.com",
        "mar\u{212a}@example.com",
        "a@[127.0.0.1]",
        "a@example.com.",
        &long,
    ]
    .map(|text| json!(text))
    .into()
}

/// As many mail domains as a link may name.
pub(super) const DOMAINS: [&str; 20] = [
    "b.example",
    "c.example",
    "d.example",
    "e.example",
    "f.example",
    "g.example",
    "h.example",
    "i.example",
    "j.example",
    "k.example",
    "l.example",
    "m.example",
    "n.example",
    "o.example",
    "p.example",
    "q.example",
    "r.example",
    "s.example",
    "t.example",
    "u.example",
];

/// The fields of a link, each with values that break its rules and others that are of another type.
pub(super) fn link_fields(site: &str) -> Vec<(&'static str, Vec<Value>, Vec<Value>)> {
    let units = |kind: &str, ids: Value| json!({ kind: ids });
    let many: Vec<_> = (0..51).map(many).collect();
    vec![
        ("name", bad_names(), vec![json!(5), json!(["a"]), json!({})]),
        ("description", vec![json!("x".repeat(501)), json!("a\0"), json!("a\u{202e}")], vec![json!(5)]),
        ("welcome", vec![json!("x".repeat(501)), json!("a\0"), json!("a\u{202e}")], vec![json!(5)]),
        (
            "expires",
            [
                "2020-01-01",
                "2199-01-01",
                "9999-12-31",
                "soon",
                "",
                "2027-13-01",
                "2027-02-30",
                "2027-1-1",
                "2027-01-01T10:00:00",
                "2020-01-01T00:00:00Z",
                "2199-01-01T00:00:00Z",
                "+2027-01-01",
                "2027-01-01\0",
            ]
            .map(|text| json!(text))
            .into(),
            vec![json!(1_800_000_000), json!(["2027-01-01"])],
        ),
        (
            "cap",
            vec![json!(0), json!(-1), json!(1.5), json!(1e7), json!(1_000_001), json!(u64::MAX), json!(1e300)],
            vec![json!("5"), json!([5]), json!(true)],
        ),
        ("starts", vec![json!("2199-01-01"), json!("soon"), json!(""), json!("2027-02-30")], vec![json!(5), json!([])]),
        (
            "domains",
            vec![
                json!({"only": [], "others": "refuse"}),
                json!({"only": ["localhost"], "others": "refuse"}),
                json!({"only": ["a b.example"], "others": "refuse"}),
                json!({"only": ["[127.0.0.1]"], "others": "refuse"}),
                json!({"only": ["a.example"], "others": "maybe"}),
                json!({"only": vec!["a.example"; 1].into_iter().chain(DOMAINS).collect::<Vec<_>>(), "others": "refuse"}),
            ],
            vec![json!([["a.example"], "refuse"]), json!({"only": ["a.example"]}), json!("a.example")],
        ),
        ("overflow", vec![json!("wait"), json!("")], vec![json!(true), json!(1)]),
        ("admit_waiting", vec![], vec![json!("yes"), json!(1)]),
        ("notify_waiting", vec![], vec![json!("yes"), json!(1)]),
        (
            "fields",
            vec![
                json!([{"key": "Size", "label": "Size", "kind": "text"}]),
                json!([{"key": "size", "label": "", "kind": "text"}]),
                json!([{"key": "size", "label": "Size", "kind": "file"}]),
                json!([{"key": "size", "label": "Size", "kind": "choice", "options": ["S"]}]),
                json!([{"key": "size", "label": "Size", "kind": "choice", "options": ["S", " S"]}]),
                json!([{"key": "size", "label": "Size", "kind": "choice"}]),
                json!([{"key": "size", "label": "Size", "kind": "text", "options": ["S", "M"]}]),
                json!([{"key": "a", "label": "A", "kind": "text"}, {"key": "a", "label": "B", "kind": "date"}]),
                json!(
                    (0..11).map(|n| json!({"key": format!("k{n}"), "label": "K", "kind": "text"})).collect::<Vec<_>>()
                ),
            ],
            vec![json!({}), json!([["size", "Size", "text"]]), json!([{"key": "size"}]), json!("size")],
        ),
        (
            "allocation_ends",
            vec![
                json!({"on": "2020-01-01"}),
                json!({"after_days": 0}),
                json!({"after_days": 3651}),
                json!({"after_days": 1.5}),
                json!({}),
                json!({"on": "2027-01-01", "after_days": 3}),
            ],
            vec![
                json!("2027-01-01"),
                json!(["2027-01-01", null]),
                json!({"after_days": "3"}),
                json!({"after_days": 3, "on": null}),
            ],
        ),
        ("admission", vec![json!("open"), json!(""), json!("Instant")], vec![json!(1), json!(["instant"])]),
        (
            "allocation",
            vec![
                units("sites", json!(["x"])),
                units("sites", json!([ID])),
                units("groups", json!([site])),
                units("sites", json!([site[1..]])),
                units("sites", json!(many)),
            ],
            vec![
                json!([]),
                json!([[], [site], []]),
                json!(site),
                units("teams", json!([])),
                units("sites", json!(site)),
                units("sites", json!([5])),
            ],
        ),
    ]
}

/// One of many ids.
pub(super) fn many(number: usize) -> String {
    format!("11111111-1111-4111-8111-{number:012}")
}
