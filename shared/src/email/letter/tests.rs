use super::*;
use crate::{
    domain::{AccentColor, Logo, OrganizationId, Picture, SupportContact, TimeZone, Timestamp, Title},
    random::Random,
};

const KINDS: [MailKind; 6] = [
    MailKind::Registration,
    MailKind::Login,
    MailKind::Grant,
    MailKind::Admitted,
    MailKind::FirstAdmin,
    MailKind::Admin,
];

const OF_LINKS: [MailKind; 5] = [
    MailKind::LinkFilling,
    MailKind::LinkFull,
    MailKind::LinkExpiringWeek,
    MailKind::LinkExpiringDay,
    MailKind::LinkWaiting,
];

const OF_WEBHOOKS: [MailKind; 2] = [MailKind::WebhookFailing, MailKind::WebhookGone];

const OF_REFUSALS: [MailKind; 3] = [MailKind::TurnedAway, MailKind::NotYet, MailKind::Refused];

/// What an admin wrote to somebody whom they refused.
const MESSAGE: &str =
    "The course is full until spring.\n\nWrite to jobs@acme.example, or see https://acme.example/<jobs>.";

struct Sevens;

impl Random for Sevens {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn organization(name: &str, language: Language) -> Organization {
    Organization {
        id: OrganizationId::generate(&Sevens),
        name: Title::parse(name).unwrap(),
        time_zone: TimeZone::parse("Europe/Warsaw").unwrap(),
        language,
        support_contact: None,
        accent_color: None,
        logo: None,
        version: 1,
        created_at: Timestamp::from_millis(0),
        closing: None,
        members_indexed: true,
    }
}

/// A link for 40 people that expires with the 30th of November in Warsaw.
fn link() -> Link {
    let expires_at: chrono::DateTime<chrono::Utc> = "2026-11-30T23:00:00Z".parse().unwrap();
    let link = serde_json::json!({
        "id": "01900000-0000-7000-8000-000000000001", "organization": "11111111-1111-4111-8111-111111111111",
        "name": "Welders, <early> shift", "description": "", "welcome": null, "code": "x9b9as20v8m0ed24c8e25msdn3",
        "state": "active", "version": 1, "expires_at": expires_at.timestamp_millis(), "cap": 40,
        "admission": "instant", "allocation": {"groups": [], "sites": [], "regions": []}, "created_at": 0,
        "created_by": "00000000-0000-0000-0000-000000000000", "updated_at": 0, "expiry_noted": false,
        "alerts": {"seats": "nothing", "expiry": "nothing", "waiting": {"at": 0, "waiting": 7, "counted": 19}},
        "gate": {"number": 1, "lots": 3, "dealing": false, "unsettled": false, "over": false, "waiting": false},
    });
    serde_json::from_value(link).unwrap()
}

/// A webhook whose URL holds what is nobody's business, and whose receiver has failed since a morning in Warsaw.
fn webhook() -> Webhook {
    let since: chrono::DateTime<chrono::Utc> = "2026-11-23T08:15:00Z".parse().unwrap();
    let webhook = serde_json::json!({
        "id": "01900000-0000-7000-8000-000000000002", "organization": "11111111-1111-4111-8111-111111111111",
        "url": "https://hooks.example.com:8443/in/path-secret?token=query-secret", "state": "inactive", "reason": "failing",
        "version": 2, "secret": format!("whsec_{}=", "A".repeat(43)), "created_at": 0, "created_by": "00000000-0000-0000-0000-000000000000",
        "failures": 9, "failing_since": since.timestamp_millis(), "revision": 12,
    });
    serde_json::from_value(webhook).unwrap()
}

fn letter(kind: MailKind, organization: &Organization, support: Option<&str>) -> Letter {
    letter_with(kind, organization, support, Some(MESSAGE))
}

fn letter_with(kind: MailKind, organization: &Organization, support: Option<&str>, message: Option<&str>) -> Letter {
    let message = message.map(|message| LongText::parse(message).unwrap());
    let mut config = Config::new("access-links", "https://join.example.com", "training@example.com").unwrap();
    config.support_contact = support.map(str::to_owned);
    let (token, code) = (LoginToken::generate(&Sevens), LoginCode::generate(&Sevens));
    let (link, webhook) = (link(), webhook());
    let life = token_life(&config, kind, Access::Unverified);
    // As somebody's who asked from a browser; what others sent carries no code.
    let code = kind.was_asked_for().then_some(&code);
    let about = if OF_WEBHOOKS.contains(&kind) { About::Webhook(&webhook) } else { About::Link(&link) };
    let parts = LetterParts {
        mail: MailId::generate(&Sevens),
        kind,
        to: &EmailAddress::parse("Ana@example.com").unwrap(),
        language: organization.language,
        organization,
        about: match kind {
            kind if kind.is_alert() => about,
            kind if kind.signs_in() => About::Login { token: &token, code, life },
            MailKind::Refused => About::Refusal(message.as_ref()),
            _ => About::Nothing,
        },
    };
    Letter::write(&config, &parts).unwrap()
}

fn shown(letter: &Letter) -> String {
    let Letter { from, reply_to, to, subject, text, html, tags } = letter;
    let reply_to =
        reply_to.as_ref().map(|address| format!("Reply-To: {}\n", address.deliverable())).unwrap_or_default();
    format!("From: {from}\n{reply_to}To: {}\nTags: {tags:?}\nSubject: {subject}\n\n{text}\n\n{html}", to.deliverable())
}

/// Each kind in each language. With `MAIL_PREVIEW` set to a folder, the pages are written there, to be looked at.
#[test]
fn every_mail_reads_well_in_every_language() {
    let preview = std::env::var_os("MAIL_PREVIEW").map(std::path::PathBuf::from);
    for language in Language::ALL {
        let mut acme = organization("Acme Welding", language);
        acme.support_contact = Some(SupportContact::parse("help@acme.example").unwrap());
        for kind in KINDS.into_iter().chain(OF_LINKS).chain(OF_WEBHOOKS).chain(OF_REFUSALS) {
            let letter = letter(kind, &acme, None);
            let name = format!("{}.{}", kind.name(), language.tag());
            if let Some(folder) = &preview {
                std::fs::write(folder.join(format!("{name}.html")), &letter.html).unwrap();
            }
            insta::assert_snapshot!(name, shown(&letter));
        }
    }
}

#[test]
fn an_alert_says_whether_newcomers_are_refused_or_put_on_the_waiting_list() {
    let said = |kind, language, overflow| {
        let config = Config::new("access-links", "https://join.example.com", "training@example.com").unwrap();
        let mut link = link();
        link.intake.overflow = overflow;
        let to = EmailAddress::parse("ana@example.com").unwrap();
        let acme = organization("Acme", language);
        let (mail, about) = (MailId::generate(&Sevens), About::Link(&link));
        let parts = LetterParts { mail, kind, to: &to, language, organization: &acme, about };
        Letter::write(&config, &parts).unwrap().text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (language, full, expired, nobody) in [
        (
            Language::En,
            "New registrations go to the waiting list. Raise the enrollment cap",
            "After that, new registrations go to the waiting list. If you still need it",
            "After that, nobody can register with it. If you still need it",
        ),
        (
            Language::De,
            "Wer sich jetzt registriert, kommt auf die Warteliste. Erhöhen Sie das Teilnehmerlimit",
            "Wer sich danach registriert, kommt auf die Warteliste. Wenn Sie ihn",
            "Danach kann sich niemand mehr damit registrieren. Wenn Sie ihn",
        ),
        (
            Language::Es,
            "Quien se registre ahora pasa a la lista de espera. Aumente el límite",
            "Quien se registre después pasará a la lista de espera. Si aún lo necesita",
            "Después nadie podrá registrarse con él. Si aún lo necesita",
        ),
        (
            Language::Pl,
            "Nowe osoby trafiają na listę oczekujących. Zwiększ limit zapisów",
            "Potem nowe osoby będą trafiać na listę oczekujących. Jeśli jest nadal potrzebny",
            "Potem nikt nie będzie mógł się przez niego zarejestrować. Jeśli jest nadal potrzebny",
        ),
    ] {
        let waiting = said(MailKind::LinkFull, language, Overflow::WaitingList);
        assert!(waiting.contains(full), "{waiting}");
        assert!(!said(MailKind::LinkFull, language, Overflow::Refuse).contains(full), "{language:?}");
        for kind in [MailKind::LinkExpiringWeek, MailKind::LinkExpiringDay] {
            let waiting = said(kind, language, Overflow::WaitingList);
            assert!(waiting.contains(expired) && !waiting.contains(nobody), "{waiting}");
            let refused = said(kind, language, Overflow::Refuse);
            assert!(refused.contains(nobody) && !refused.contains(expired), "{refused}");
        }
    }
}

#[test]
fn a_hostile_organization_name_stays_text() {
    let hostile = organization(r#"<script>alert(1)</script> & "Söhne" {{ url }} { $x } --></title>"#, Language::En);
    insta::assert_snapshot!(shown(&letter(MailKind::Grant, &hostile, Some("<b>call</b>"))));
}

#[test]
fn the_button_has_the_organizations_accent_colour_and_links_a_shade_of_it_that_can_be_read() {
    for (accent, edge, text, link) in [
        ("#ffff00", "#8b8b00", "#000000", "#707000"),
        ("#ffffff", "#878787", "#000000", "#6c6c6c"),
        ("#000000", "#000000", "#ffffff", "#000000"),
        ("#0b5fae", "#0b5fae", "#ffffff", "#0b5fae"),
    ] {
        let mut acme = organization("Acme", Language::En);
        acme.accent_color = Some(AccentColor::parse(accent).unwrap());
        let Letter { text: plain, html, .. } = letter(MailKind::Login, &acme, None);
        let cell = format!(
            "<td bgcolor=\"{accent}\" style=\"border: 1px solid {edge}; border-radius: 6px; background: {accent};"
        );
        assert!(html.contains(&cell), "{html}");
        assert!(html.contains(&format!("padding: 12px 24px; color: {text};")), "{html}");
        assert!(html.contains(&format!("style=\"color: {link};\"")) && !html.contains("#0b4f9e"), "{html}");
        assert!(!plain.contains(accent) && !plain.contains(link), "{plain}");
    }
}

#[test]
fn the_logo_stands_above_the_organizations_name_under_an_address_that_tells_nothing_of_the_reader() {
    let mut acme = organization("Acme", Language::En);
    let plain = letter(MailKind::Login, &acme, None);
    let picture = Picture::read(include_bytes!("../../domain/picture/samples/logo.png")).unwrap();
    let (logo, _) = Logo::of(acme.id, &picture);
    acme.logo = Some(logo);
    let Letter { text, html, .. } = letter(MailKind::Login, &acme, None);
    // The name stands beside it, so it needs no other words; where pictures are blocked, nothing is missing.
    let shown = format!(
        "<p style=\"margin: 0 0 12px;\"><img src=\"https://join.example.com/v1/logos/{}\" alt=\"\" width=\"120\" height=\"40\" style=\"display: block; border: 0;\"></p>\n",
        logo.hash
    );
    assert_eq!(html.matches(&shown).count(), 1, "{html}");
    assert_eq!((html.replace(&shown, ""), text), (plain.html, plain.text));
}

#[test]
fn the_organizations_own_contact_goes_before_the_systems() {
    let mut acme = organization("Acme", Language::De);
    let with = |acme: &Organization| {
        let Letter { text, html, .. } = letter(MailKind::Login, acme, Some("+49 30 901820"));
        (text, html)
    };
    let (text, html) = with(&acme);
    assert!(text.contains("Fragen?\n+49 30 901820") && html.contains("Fragen? +49 30 901820</p>"), "{html}");
    acme.support_contact = Some(SupportContact::parse("https://acme.example/help").unwrap());
    let (text, html) = with(&acme);
    assert!(text.contains("Fragen?\nhttps://acme.example/help") && !text.contains("901820"), "{text}");
    assert!(html.contains("<a href=\"https://acme.example/help\""), "{html}");
    let Letter { text, .. } = letter(MailKind::Login, &organization("Acme", Language::De), None);
    assert!(!text.contains("Fragen?"), "{text}");
}

#[test]
fn every_letter_reads_without_anything_from_elsewhere() {
    for language in Language::ALL {
        for kind in KINDS {
            let Letter { subject, text, html, .. } = letter(kind, &organization("Acme", language), None);
            assert!(!subject.contains('\n') && !subject.is_empty());
            assert!(text.lines().all(|line| line.chars().count() <= 78), "{text}");
            let link = "https://join.example.com/sign-in?t=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
            assert!(text.lines().any(|line| line == link), "{text}");
            let elsewhere = ["src=", "url(", "<link", "<script", "<img", "http://", "{{", "@import"];
            assert!(elsewhere.iter().all(|word| !html.contains(word)), "{html}");
            assert_eq!(html.matches("https://").count(), html.matches("https://join.example.com/sign-in").count());
            assert!(html.contains(&format!("<html lang=\"{}\">", language.tag())), "{html}");
        }
    }
}

#[test]
fn an_alert_leads_to_the_page_of_its_link_and_lets_nobody_in() {
    for kind in OF_LINKS {
        let Letter { text, html, .. } = letter(kind, &organization("Acme", Language::En), None);
        for part in [&text, &html] {
            assert!(
                part.contains("https://join.example.com/admin/links/01900000-0000-7000-8000-000000000001"),
                "{part}"
            );
            assert!(!part.contains("sign-in") && !part.contains("?t="), "{part}");
        }
        assert!(html.contains("Welders, &#60;early&#62; shift") && !html.contains("<early>"), "{html}");
    }
}

#[test]
fn an_alert_of_a_webhook_names_the_host_of_its_url_and_no_more() {
    for (kind, language) in OF_WEBHOOKS.into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language))) {
        let Letter { subject, text, html, .. } = letter(kind, &organization("Acme", language), None);
        assert!(subject.contains("hooks.example.com:8443"), "{subject}");
        for part in [&text, &html] {
            assert!(part.contains("https://join.example.com/admin/webhooks") && part.contains("09:15"), "{part}");
            for hidden in ["path-secret", "query-secret", "whsec_", "sign-in", "?t="] {
                assert!(!part.contains(hidden), "{part}");
            }
        }
    }
}

#[test]
fn a_letter_to_somebody_who_cannot_come_in_has_no_link_and_names_whom_to_ask() {
    for (kind, language) in OF_REFUSALS.into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language))) {
        let Letter { text, html, .. } = letter(kind, &organization("Acme", language), Some("+49 30 901820"));
        for part in [&text, &html] {
            assert!(part.contains("Acme") && part.contains("+49 30 901820"), "{part}");
            assert!(!part.contains("http:") && !part.contains("https:") && !part.contains("<a "), "{part}");
        }
    }
}

#[test]
fn what_an_admin_wrote_stays_text_in_which_nothing_can_be_clicked() {
    let hostile =
        "<a href=\"https://evil.example\">Sign in</a>\n</blockquote><script>alert(1)</script> {{ words.title }} { $x }";
    let acme = organization("Acme", Language::En);
    let Letter { subject, text, html, .. } = letter_with(MailKind::Refused, &acme, None, Some(hostile));
    assert!(html.matches("<blockquote").count() == 1 && html.matches("</blockquote>").count() == 1, "{html}");
    for part in ["<a ", "<script", "https:", "evil.example"] {
        assert!(!html.contains(part), "{part} is in {html}");
    }
    assert!(html.contains("{{ words") && html.contains("{ $x }") && !subject.contains("Sign in"), "{html}");
    let quoted = text.lines().filter(|line| line.starts_with("> ")).count();
    assert!(quoted >= 2 && !text.contains("https:") && !text.contains("evil.example"), "{text}");
    assert!(text.lines().all(|line| line.starts_with('>') || !line.contains("script")), "{text}");
}

#[test]
fn a_refusal_without_words_of_the_admin_quotes_nothing() {
    let acme = organization("Acme", Language::En);
    let Letter { text, html, .. } = letter_with(MailKind::Refused, &acme, None, None);
    assert!(!text.contains('>') && !text.contains("Message from") && !html.contains("<blockquote"), "{text}{html}");
}

#[test]
fn a_code_stands_on_a_line_of_its_own_beside_where_it_may_be_typed() {
    for language in Language::ALL {
        for kind in KINDS {
            let Letter { subject, text, html, .. } = letter(kind, &organization("Acme", language), None);
            let asked_for = kind.was_asked_for();
            assert_eq!(text.lines().any(|line| line.trim() == "7777-7777"), asked_for, "{text}");
            assert_eq!(html.contains(">7777-7777<") && text.contains("join.example.com"), asked_for, "{html}");
            assert!(!subject.contains("7777"), "a code shows in no notification: {subject}");
        }
    }
}

#[test]
fn lines_are_broken_between_words() {
    let long = "word ".repeat(40);
    let wrapped = wrap(&long);
    assert!(wrapped.lines().all(|line| line.chars().count() <= LINE && !line.ends_with(' ')), "{wrapped}");
    assert_eq!(wrapped.split_whitespace().count(), 40);
    assert_eq!(wrap(&"x".repeat(100)).lines().count(), 1);
    assert_eq!(wrap(""), "");
}
