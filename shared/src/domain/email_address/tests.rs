use super::*;

#[test]
fn the_canonical_form_folds_case_and_nothing_else() {
    let address = EmailAddress::parse(" Ana.Maria+Crew@Example.COM ").unwrap();
    assert_eq!(address.typed(), "Ana.Maria+Crew@Example.COM");
    assert_eq!(address.canonical(), "ana.maria+crew@example.com");
    assert_eq!(address.deliverable(), "Ana.Maria+Crew@example.com");
    assert_eq!(address.hash(), EmailAddress::parse("ANA.MARIA+CREW@example.com").unwrap().hash());
    assert_ne!(address.hash(), EmailAddress::parse("ana.maria@example.com").unwrap().hash());
    assert_eq!(address.hash().len(), 64);
}

#[test]
fn addresses_that_differ_by_their_tag_alone_are_alike_without_it() {
    let hash = |text| EmailAddress::parse(text).unwrap().untagged_hash();
    let plain = hash("ana@example.com");
    for alike in ["Ana+crew@example.com", "ana+@example.com", "ana+a+b@EXAMPLE.com", "ana@example.com"] {
        assert_eq!(hash(alike), plain, "{alike}");
    }
    for other in ["ana@example.org", "ana.b@example.com", "+ana@example.com", "+bo@example.com"] {
        assert_ne!(hash(other), plain, "{other}");
    }
    assert_ne!(hash("+ana@example.com"), hash("+bo@example.com"));
}

#[test]
fn a_mailbox_is_the_same_with_any_tag_and_any_dots() {
    let hash = |text| EmailAddress::parse(text).unwrap().mailbox_hash();
    let plain = hash("ana.maria@example.com");
    for alike in ["ana.maria+crew@example.com", "A.n.a.Maria@EXAMPLE.com", "anamaria+a.b+c@example.com"] {
        assert_eq!(hash(alike), plain, "{alike}");
    }
    for other in ["ana.maria@example.org", "ana.maria.b@example.com", "+ana.maria@example.com"] {
        assert_ne!(hash(other), plain, "{other}");
    }
}

#[test]
fn a_domain_in_another_script_is_the_one_domain_idna_makes_of_it() {
    let unicode = EmailAddress::parse("max@BÜCHER.example").unwrap();
    assert_eq!(unicode.canonical(), "max@xn--bcher-kva.example");
    assert_eq!(unicode.typed(), "max@BÜCHER.example");
    assert_eq!(unicode.canonical(), EmailAddress::parse("max@xn--bcher-kva.example").unwrap().canonical());
    // The Kelvin sign in a domain is what IDNA says it is: a k.
    assert_eq!(EmailAddress::parse("max@\u{212a}ing.example").unwrap().canonical(), "max@king.example");
}

#[test]
fn a_mail_domain_is_compared_in_ascii_and_shown_in_unicode() {
    for typed in ["BÜCHER.example", "@bu\u{308}cher.example", "xn--bcher-kva.example"] {
        let domain = MailDomain::parse(typed).unwrap();
        assert_eq!((domain.as_str(), domain.shown().as_str()), ("xn--bcher-kva.example", "bücher.example"), "{typed}");
    }
    assert_eq!(MailDomain::parse("Acme.example").unwrap().shown(), "acme.example");
}

#[test]
fn what_does_not_show_in_an_address_is_named() {
    for (text, told) in
        [("a\u{200b}@example.com", "U+200B"), ("a@exam\u{202e}ple.com", "U+202E"), ("a@example.com\n", "U+000A")]
    {
        assert!(EmailAddress::parse(text).unwrap_err().to_string().contains(told), "{text:?}");
    }
}

#[test]
fn both_forms_survive_the_table() {
    let address = EmailAddress::parse("Max@Bücher.Example").unwrap();
    let text = serde_json::to_string(&address).unwrap();
    assert_eq!(text, "\"Max@Bücher.Example\"");
    let read: EmailAddress = serde_json::from_str(&text).unwrap();
    assert_eq!((read.typed(), read.canonical()), (address.typed(), address.canonical()));
}

#[test]
fn hostile_addresses_are_refused() {
    for hostile in [
        "",
        "   ",
        "a",
        "@example.com",
        "a@",
        "a@b",
        "a@@example.com",
        "a@b@example.com",
        "a b@example.com",
        "a@exam ple.com",
        "a@example.com.",
        "a@.example.com",
        "a@example..com",
        ".a@example.com",
        "a.@example.com",
        "a..b@example.com",
        "a@-example.com",
        "a@example-.com",
        "a@exam_ple.com",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@[IPv6:::1]",
        "\"a b\"@example.com",
        "\"a\"@example.com",
        "a@example.com,b@example.com",
        "a@example.com;b@example.com",
        "Ana <a@example.com>",
        "<a@example.com>",
        "a(comment)@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com\n",
        "\ta@example.com",
        "a\0@example.com",
        "a\u{200b}@example.com",
        "a@exam\u{200b}ple.com",
        "a@exam\u{ad}ple.com",
        "a\u{202e}@example.com",
        "mar\u{212a}@example.com",
        "mıke@example.com",
        "ａ@example.com",
        "a\u{a0}@example.com",
        "mailto:a@example.com",
        "a\\@example.com",
        "a@example.com/../x?y",
        "a@ex%61mple.com",
        "a@xn--a.example",
    ] {
        assert!(EmailAddress::parse(hostile).is_err(), "{hostile:?}");
    }
}

#[test]
fn lengths_are_those_of_mail_servers() {
    let local = "a".repeat(64);
    assert!(EmailAddress::parse(&format!("{local}@example.com")).is_ok());
    assert_eq!(EmailAddress::parse(&format!("{local}a@example.com")), Err(EmailAddressError::TooLong));
    let domain = format!("{0}.{0}.{0}", "d".repeat(60));
    assert!(EmailAddress::parse(&format!("{local}@{domain}.abcd")).is_ok());
    assert_eq!(EmailAddress::parse(&format!("{local}@{domain}.abcdefgh")), Err(EmailAddressError::TooLong));
    assert_eq!(EmailAddress::parse(&"x".repeat(100_000)), Err(EmailAddressError::TooLong));
}

#[test]
fn an_address_is_not_printed() {
    assert_eq!(format!("{:?}", EmailAddress::parse("ana@example.com").unwrap()), "EmailAddress(..)");
}
