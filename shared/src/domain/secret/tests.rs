//! What is read as a code, token or hash, and what is not.

use super::*;
use crate::random::SystemRandom;

fn member() -> MemberId {
    MemberId::parse("5f0c8b1e-2f64-5d3b-9c57-0e6a7d91c4f2").unwrap()
}

#[test]
fn a_code_is_read_as_people_copy_it() {
    let code = LinkCode::parse("0123456789ABCDEFGHJKMNPQRS").unwrap();
    assert_eq!(code.reveal(), "0123456789abcdefghjkmnpqrs");
    assert_eq!(LinkCode::parse("OI23456789abcdefghjkmnpqrs").unwrap().hash(), code.hash());
    assert_eq!(LinkCode::parse("ol23456789abcdefghjkmnpqrs").unwrap().hash(), code.hash());
}

#[test]
fn what_is_no_code_is_refused() {
    for text in [
        "",
        "0",
        "u123456789abcdefghjkmnpqrs",
        "0123456789abcdefghjkmnpqr#",
        "0123456789abcdefghjkmnpqrst",
        "0123456789abcdefghjkmnpqrsé",
        "é0123456789abcdefghjkmnpqrs",
        "0123456789abc é defghjkmnpqrs",
    ] {
        assert!(LinkCode::parse(text).is_err(), "{text:?}");
    }
    assert!(LinkCode::parse(&"é".repeat(13)).is_err());
    assert!(LinkCode::parse(&format!("{} ", "0".repeat(25))).is_err());
}

#[test]
fn what_cannot_be_part_of_a_code_is_left_out() {
    let code = LinkCode::parse("0123456789abcdefghjkmnpqrs").unwrap();
    for text in [
        "0123 4567 89AB CDEF GHJK MNPQ RS",
        "0123-4567-89ab-cdef-ghjk-mnpq-rs",
        "0123\u{2013}4567.89ab\u{a0}cdef\u{200b}ghjk\u{ad}mnpq\tr\u{feff}s",
        " 0123456789abcdefghjkmnpqrs\r\n",
        "0123456789abcdefghjkmnpqrs.",
        "0123456789abcdefghjkmnpqrs/",
        "0123456789abcdefghjkmnpqrs>),",
        "<0123456789abcdefghjkmnpqrs>",
        "\u{201e}0123456789abcdefghjkmnpqrs\u{201c}",
        "0123456789abcdefghjkmnpqrs=20",
        "0123456789abcdefghjkmnpqrs%20",
        "0123456789abcdefghjkmnpqrs&utm_source=mail",
        "*0123456789abcdefghjkmnpqrs*",
    ] {
        assert!(LinkCode::parse(text).is_ok_and(|read| read == code), "{text:?}");
    }
}

#[test]
fn what_a_mail_program_adds_to_a_token_is_left_out() {
    let token = LoginToken::generate(&SystemRandom);
    let text = token.reveal();
    let (start, end) = text.split_at(20);
    for added in [
        format!("{text}."),
        format!("{text}>"),
        format!("<{text}>"),
        format!("({text}),"),
        format!("\"{text}\""),
        format!("\u{201e}{text}\u{201c}"),
        format!("{text}&utm_source=mail"),
        format!("{text}%20"),
        format!("{text}="),
        format!("{text}=20"),
        format!(" {text}\u{200b}\r\n"),
        format!("{start}=\r\n{end}"),
        format!("{start}\n {end}"),
        format!("{start}\u{200b}{end}\u{feff}"),
        format!("3D{text}"),
        format!("3D{start}=\n{end}."),
        format!("{text}_"),
    ] {
        assert!(LoginToken::parse(&added).is_ok_and(|read| read == token), "{added:?}");
    }
    for other in [&text[1..], &format!("{text}A"), &format!("4D{text}"), &format!("{start}.{end}"), &format!("{text}é")]
    {
        assert!(LoginToken::parse(other).is_err(), "{other:?}");
    }
}

#[test]
fn a_generated_code_is_its_own_parse() {
    let code = LinkCode::generate(&SystemRandom);
    assert_eq!(code.reveal().len(), 26);
    assert!(LinkCode::parse(code.reveal()).unwrap() == code);
    assert!(LinkCode::generate(&SystemRandom) != code);
    let text = serde_json::to_string(&code).unwrap();
    assert!(serde_json::from_str::<LinkCode>(&text).unwrap() == code);
}

#[test]
fn tokens_have_one_spelling() {
    let token = LoginToken::generate(&SystemRandom);
    let text = token.reveal();
    assert_eq!(text.len(), 43);
    assert!(LoginToken::parse(&text).unwrap() == token);
    assert_eq!(LoginToken::parse(&text).unwrap().hash(), token.hash());
    assert!(LoginToken::parse(&"/".repeat(43)).is_err());
    // The last of 43 characters carries 4 bits; a set spare bit would be a second spelling.
    assert!(LoginToken::parse(&format!("{}B", "A".repeat(42))).is_err());
    assert!(LoginToken::parse("").is_err());
}

#[test]
fn a_session_token_carries_its_member() {
    let token = SessionToken::generate(member(), &SystemRandom);
    assert_eq!(token.reveal().len(), 64);
    let read = SessionToken::parse(&token.reveal()).unwrap();
    assert_eq!((read.member(), read.hash()), (member(), token.hash()));
    assert_ne!(SessionToken::generate(member(), &SystemRandom).hash(), token.hash());
    assert!(SessionToken::parse(&LoginToken::generate(&SystemRandom).reveal()).is_err());
}

#[test]
fn an_api_key_is_known_as_one_and_carries_where_to_find_it() {
    let (organization, id) = (OrganizationId::generate(&SystemRandom), ApiKeyId::generate(&SystemRandom));
    let token = ApiKeyToken::generate(organization, id, &SystemRandom);
    let text = token.reveal();
    assert!(text.starts_with("alk_") && text.len() == 4 + 86 && ApiKeyToken::is_meant_by(&text));
    let read = ApiKeyToken::parse(&text).unwrap();
    assert_eq!((read.organization(), read.id(), read.hash()), (organization, id, token.hash()));
    assert_ne!(ApiKeyToken::generate(organization, id, &SystemRandom).hash(), token.hash());
    for wrong in [&text[4..], &text[..89], &format!("{text}A"), &text.replace("alk_", "ALK_"), "alk_"] {
        assert!(ApiKeyToken::parse(wrong).is_err(), "{wrong}");
    }
    assert_eq!(format!("{token:?}"), "ApiKeyToken(redacted)");
}

#[test]
fn hashes_are_text_in_the_table() {
    let hash = LinkCode::parse(&"0".repeat(26)).unwrap().hash();
    assert_eq!(CodeHash::parse(&hash.to_string()).unwrap(), hash);
    assert_eq!(serde_json::to_string(&hash).unwrap(), format!("\"{hash}\""));
    for text in [String::new(), hash.to_string().to_uppercase(), "g".repeat(64), "é".repeat(32)] {
        assert!(CodeHash::parse(&text).is_err(), "{text:?}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let session = SessionToken::generate(member(), &SystemRandom);
    assert_eq!(format!("{session:?}"), "SessionToken(redacted)");
    assert_eq!(format!("{:?}", LoginToken::generate(&SystemRandom)), "LoginToken(redacted)");
    assert_eq!(format!("{:?}", LinkCode::generate(&SystemRandom)), "LinkCode(redacted)");
}
