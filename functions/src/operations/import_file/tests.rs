//! Files as people save them, and as they should not.

use std::collections::BTreeSet;

use shared::domain::{Title, Unit, UnitId, UnitKind};

use super::*;

fn unit(number: u8, kind: UnitKind, name: &str) -> Unit {
    Unit { id: UnitId::from_bytes([number; 16]), kind, name: Title::parse(name).unwrap(), modules: BTreeSet::new() }
}

fn catalog() -> Catalog {
    let units = vec![
        unit(1, UnitKind::Group, "Welders"),
        unit(2, UnitKind::Site, "Gdańsk"),
        unit(3, UnitKind::Site, "Yard"),
        unit(4, UnitKind::Site, "Yard"),
        unit(5, UnitKind::Region, "North"),
        unit(6, UnitKind::Site, "Hall 4; West"),
    ];
    Catalog { units, modules: Vec::new() }
}

const HOW: HowToRead<'static> = HowToRead { columns: None, language: Language::En, rows_max: 100, text_max: 1 << 20 };

fn rows(text: &str) -> Vec<ImportRow> {
    read(text.as_bytes(), &catalog(), &HOW).unwrap().rows
}

/// What is told of each row: its line, and the address or the problem.
fn told(text: &str) -> Vec<(u32, String)> {
    let told = |row: &ImportRow| match &row.content {
        RowContent::Person(person) => (row.row, person.email.canonical().to_owned()),
        RowContent::Problem(problem) => {
            (row.row, format!("{} {}", problem.outcome.name(), problem.field.as_deref().unwrap_or_default()))
        }
    };
    rows(text).iter().map(told).collect()
}

/// The names and sites of all people of a file that has nobody else.
fn people(bytes: &[u8], how: &HowToRead<'_>) -> Vec<(String, BTreeSet<UnitId>)> {
    let file = read(bytes, &catalog(), how).unwrap_or_else(|why| panic!("{why}: {bytes:?}"));
    let person = |row: ImportRow| match row.content {
        RowContent::Person(person) => (person.name.to_string(), person.allocation.sites),
        RowContent::Problem(problem) => panic!("{problem:?}"),
    };
    file.rows.into_iter().map(person).collect()
}

fn site(number: u8) -> BTreeSet<UnitId> {
    [UnitId::from_bytes([number; 16])].into()
}

/// The bytes of a text in UTF-16, with its byte order mark.
fn utf_16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes_of).collect()
}

#[test]
fn what_each_program_writes_in_each_language_is_read_alike() {
    let german = "Name;E-Mail;Standorte\r\nJürgen Weiß;jw@example.com;gdańsk\r\n";
    let polish = "Imię i nazwisko;Adres e-mail;Zakład\r\nŁukasz Żółć;lz@example.com;GDAŃSK\r\n";
    let spanish = "Nombre,Correo electrónico,Centros\nÍñigo Peña,ip@example.com,Gdan\u{301}sk\n";
    let english = "Full name\tEmail address\tSite\nZoë O'Neil\tzo@example.com\tGdańsk\n";
    let in_1250 = |text: &str| encoding_rs::WINDOWS_1250.encode(text).0.into_owned();
    let in_1252 = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let bom = |text: &str| format!("\u{feff}{text}").into_bytes();
    let cases: [(&str, Vec<u8>, &str, &str); 13] = [
        ("Excel, CSV UTF-8, German", bom(german), "Jürgen Weiß", "UTF-8"),
        ("Excel, CSV, German", in_1252(&german.replace("gdańsk", "")), "Jürgen Weiß", "windows-1252"),
        ("Excel, Unicode text", utf_16(&german.replace(';', "\t"), u16::to_le_bytes), "Jürgen Weiß", "UTF-16LE"),
        ("Excel, CSV UTF-8, Polish", bom(polish), "Łukasz Żółć", "UTF-8"),
        ("Excel, CSV, Polish", in_1250(polish), "Łukasz Żółć", "windows-1250"),
        ("UTF-16 of another order", utf_16(polish, u16::to_be_bytes), "Łukasz Żółć", "UTF-16BE"),
        ("UTF-16 without a mark", utf_16(english, u16::to_le_bytes).split_off(2), "Zoë O'Neil", "UTF-16LE"),
        ("UTF-16 of another order without", utf_16(english, u16::to_be_bytes).split_off(2), "Zoë O'Neil", "UTF-16BE"),
        ("LibreOffice, Spanish", spanish.into(), "Íñigo Peña", "UTF-8"),
        (
            "Excel, CSV, Spanish",
            in_1252("Nombre;Correo;Centro\r\nÍñigo Peña;ip@example.com;\r\n"),
            "Íñigo Peña",
            "windows-1252",
        ),
        ("Numbers, English", english.replace('\t', ",").into(), "Zoë O'Neil", "UTF-8"),
        ("Excel on older Macs", bom(&german.replace("\r\n", "\r")), "Jürgen Weiß", "UTF-8"),
        ("Excel with its own first line", bom(&format!("sep=;\r\n{polish}")), "Łukasz Żółć", "UTF-8"),
    ];
    for (program, bytes, name, encoding) in cases {
        let people = people(&bytes, &HOW);
        assert_eq!(people.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [name], "{program}");
        let in_site = if people[0].1.is_empty() { BTreeSet::new() } else { site(2) };
        assert!(people[0].1 == in_site && (encoding == "windows-1252") == in_site.is_empty(), "{program}");
        assert_eq!(read(&bytes, &catalog(), &HOW).unwrap().told.encoding, encoding, "{program}");
    }
}

#[test]
fn western_and_polish_letters_are_told_apart_or_by_the_organizations_language() {
    let name_in = |name: &[u8], language| {
        let file = [b"name,email\n", name, b",a@example.com\n"].concat();
        people(&file, &HowToRead { language, ..HOW }).remove(0).0
    };
    for language in Language::ALL {
        assert_eq!(name_in(b"\xa3ukasz", language), "Łukasz");
        assert_eq!(name_in(b"Pawe\xb3", language), "Paweł");
        assert_eq!(name_in(b"Gra\xbfyna", language), "Grażyna");
        assert_eq!(name_in(b"Jos\xe9 M\xfcller", language), "José Müller");
        assert_eq!(name_in(b"Hel\xe8ne Pe\xf1a", language), "Helène Peña");
        assert_eq!(name_in(b"Lec\x9cur", language), "Lecœur");
    }
    assert_eq!(name_in(b"Pe\xf1a", Language::Es), "Peña");
    assert_eq!(name_in(b"Ko\xf1ski", Language::Pl), "Koński", "nothing in the file tells");
}

#[test]
fn the_headings_are_where_the_table_begins_and_alone_say_what_separates_cells() {
    for text in [
        "\r\n;;;\r\n  \r\nName;Email;Sites;;;\r\n\r\n\"Łoś, Ana\";ana@example.com;Gdańsk;;;\r\n;;;;;\r\n",
        "Name;Email;Sites\nŁoś, Ana;ana@example.com;Gdańsk,\n",
        "\"Name\";\"Email, or none, none, none\";\"Email\";Sites\n\"Łoś, Ana\";;ana@example.com;Gdańsk\n",
        "Sites,\"Na\nme\",Email,Name\n\"Gdańsk;; Gdańsk\",x,ana@example.com,\"Łoś, Ana\"\n",
        "Name\tEmail\tPhone; mobile; private\tSites\nŁoś, Ana\tana@example.com\t1;2\t\u{a0}gdańsk \n",
    ] {
        let people = match read(text.as_bytes(), &catalog(), &HOW) {
            Ok(file) => file.rows,
            Err(why) => panic!("{why}: {text:?}"),
        };
        let [ImportRow { content, .. }] = people.as_slice() else { panic!("{people:?}") };
        match content {
            RowContent::Person(person) => assert_eq!(person.name.as_str(), "Łoś, Ana", "{text:?}"),
            // A comma that is no part of a unit's name.
            RowContent::Problem(problem) => assert!(problem.outcome == Outcome::UnknownUnit && text.contains("k,")),
        }
    }
}

#[test]
fn headings_are_known_in_four_languages_and_others_are_passed_over() {
    let holds = |line: &str| {
        let file = format!("{line}\n{}\n", "a@example.com;".repeat(line.matches(';').count() + 1));
        match read(file.as_bytes(), &catalog(), &HOW) {
            Ok(file) => file.told.columns.into_iter().map(|column| column.holds.name()).collect::<Vec<_>>().join(" "),
            Err(FileRefused::Unclear(why, _)) => format!("{why:?}"),
            Err(why) => panic!("{why}"),
        }
    };
    for (headings, expected) in [
        (
            "Vorname;Nachname;E-Mail-Adresse *;Gruppen;Regionen;Personalnummer",
            "first_name last_name email groups regions ignore",
        ),
        ("First Name;LAST NAME;e-mail;Groups", "first_name last_name email groups"),
        ("Nombre;Apellidos;Correo electrónico;Teléfono;Región", "name last_name email ignore regions"),
        ("Imię;Nazwisko;E-mail;Grupy;Zakłady", "first_name last_name email groups sites"),
        ("Name;Adresse", "name email"),
        ("Name;Mail", "name email"),
        ("Name;Mail;Email", "name ignore email"),
        ("Name;Adresse;E-Mail", "name ignore email"),
        ("Name;Email;E-Mail", "Twice"),
        ("Name;Telefon", "NoEmail"),
        ("Email;Telefon", "NoName"),
        ("Ana;ana@example.com", "NoHeadings"),
    ] {
        assert_eq!(holds(headings), expected, "{headings}");
    }
}

#[test]
fn a_name_is_put_together_of_the_columns_that_have_parts_of_it() {
    for (text, name) in [
        ("Vorname;Nachname;E-Mail\nAna;Łoś;a@example.com\n", "Ana Łoś"),
        ("Name;Vorname;E-Mail\nŁoś;Ana;a@example.com\n", "Ana Łoś"),
        ("Name;Vorname;E-Mail\nAna Łoś;Ana;a@example.com\n", "Ana Łoś"),
        ("Nombre;Apellidos;Correo\nAna;Peña Gil;a@example.com\n", "Ana Peña Gil"),
        ("Name;First name;Last name;Email\nA. Łoś;Ana;Łoś;a@example.com\n", "A. Łoś"),
        ("Nazwisko;E-mail\nŁoś;a@example.com\n", "Łoś"),
    ] {
        assert_eq!(people(text.as_bytes(), &HOW).remove(0).0, name, "{text}");
    }
}

#[test]
fn an_admin_says_what_the_columns_hold() {
    let holds = said("ignore, email,first_name,last_name,sites").unwrap();
    let how = HowToRead { columns: Some(&holds), ..HOW };
    let table = "A;B;C;D;E\n1;ana@example.com;Ana;Łoś;Gdańsk\n";
    assert_eq!(people(table.as_bytes(), &how), [("Ana Łoś".to_owned(), site(2))]);
    // A table that begins with a person has no headings.
    let bare = "1;ana@example.com;Ana;Łoś;Gdańsk\n2;bo@example.com;Bo;Bo;\n";
    assert_eq!(people(bare.as_bytes(), &how).len(), 2);
    for (wrong, why) in
        [("name,name,email", Unclear::Twice), ("name", Unclear::NoEmail), ("ignore,email", Unclear::NoName)]
    {
        let holds = said(wrong).unwrap();
        let refused = read(b"a,b,c\nx,y@example.com,z\n", &catalog(), &HowToRead { columns: Some(&holds), ..HOW });
        assert!(matches!(refused, Err(FileRefused::Unclear(told, _)) if told == why), "{wrong}");
    }
    assert!(said("name,phone").is_err() && said("").is_err());
}

#[test]
fn units_are_named_however_they_are_written_and_quoted_where_they_hold_a_semicolon() {
    let sites =
        |cell: &str| people(format!("name;email;sites\nAna;a@example.com;{cell}\n").as_bytes(), &HOW).remove(0).1;
    assert_eq!(
        sites("\"gda\u{144}sk ; \"\"HALL\u{a0} 4; WEST\"\"\""),
        [2, 6].map(|n| UnitId::from_bytes([n; 16])).into()
    );
    assert_eq!(sites("\"Hall 4; west\""), site(6), "the whole cell is one name");
    assert_eq!(sites("\"\"\"Hall 4; west\"\"; Gdańsk\""), [2, 6].map(|n| UnitId::from_bytes([n; 16])).into());
    assert_eq!(sites("\"GDAN\u{301}SK\""), site(2));
}

#[test]
fn what_is_wrong_is_told_with_line_column_heading_and_value() {
    let text =
        "Name;E-Mail;Standorte\n\nAna;ana@;\nBo;bo@example.com;Gdańsk;x\nCy;cy@example.com;\"Gdańsk; Nowhere\"\n";
    let told = read(text.as_bytes(), &catalog(), &HOW).unwrap().told;
    let told: Vec<_> = told
        .problems
        .iter()
        .map(|problem| (problem.row, problem.column, problem.heading.as_deref(), problem.value.as_str()))
        .collect();
    assert_eq!(
        told,
        [(3, Some(2), Some("E-Mail"), "ana@"), (4, Some(4), None, "x"), (5, Some(3), Some("Standorte"), "Nowhere"),]
    );
    let kept = rows(text).into_iter().map(|row| format!("{:?}", row.content)).collect::<String>();
    assert!(!kept.contains("ana@") && !kept.contains("Nowhere"), "the report has no value: {kept}");
    let long = format!("name,email\n{},a@example.com\n", "x".repeat(5_000));
    assert_eq!(read(long.as_bytes(), &catalog(), &HOW).unwrap().told.problems[0].value.chars().count(), 201);
}

#[test]
fn a_bad_row_is_told_by_its_line_and_holds_up_no_other() {
    let text = "name,email,groups,sites,regions\n\
                Ana,ana@example.com\n\
                ,bo@example.com\n\
                Cy,not an address\n\
                \n\
                Dee,ANA@example.com\n\
                Eve,eve@example.com,Gdańsk\n\
                Fay,fay@example.com,,Yard\n\
                Gus,gus@example.com,,,North,more\n\
                \"Hal\nsecond line\",hal@example.com\n\
                Ida,ida@example.com,,,North\n";
    let expected = [
        (2, "ana@example.com"),
        (3, "invalid name"),
        (4, "invalid email"),
        (6, "duplicate_in_file email"),
        (7, "unknown_unit groups"),
        (8, "unknown_unit sites"),
        (9, "invalid "),
        (10, "invalid "),
        (12, "ida@example.com"),
    ];
    for ends in ["\n", "\r\n", "\r"] {
        let told = told(&text.replace('\n', ends));
        assert_eq!(told, expected.map(|(line, told)| (line, told.to_owned())), "{ends:?}");
    }
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_told_with_how_far_it_reaches() {
    for ends in ["\n", "\r\n", "\r"] {
        let reasons = |text: &str| {
            let problem = |row: ImportRow| match row.content {
                RowContent::Problem(problem) => Some((row.row, problem.reason)),
                RowContent::Person(_) => None,
            };
            rows(&text.replace('\n', ends)).into_iter().filter_map(problem).collect::<Vec<_>>()
        };
        let reason =
            |lines| format!("spans {lines} lines, none of which was read; check for a missing closing quotation mark");
        let open = "name,email\nAna,ana@example.com\n\"Bo,bo@example.com\nCy,cy@example.com\nDee,dee@example.com\n";
        assert_eq!(reasons(open), [(3, reason(3))], "{ends:?}");
        let closed_later =
            "name,email\nAna,\"ana@example.com\nBo,bo@example.com\nCy,cy\"@example.com\nDee,dee@example.com\n";
        assert_eq!(reasons(closed_later), [(2, reason(3))], "{ends:?}");
        // Nothing but its own line is in it.
        assert_eq!(reasons("name,email\nAna,\"ana@example.com\n"), []);
    }
}

#[test]
fn a_file_that_is_none_is_refused_as_a_whole() {
    let how = HowToRead { rows_max: 2, text_max: 200, ..HOW };
    let refused = |bytes: &[u8]| read(bytes, &catalog(), &how).unwrap_err();
    let unclear = |bytes: &[u8]| match refused(bytes) {
        FileRefused::Unclear(why, columns) => (why, columns.len()),
        why => panic!("{why}"),
    };
    assert_eq!(refused(b""), FileRefused::Empty);
    assert_eq!(refused(b" \n;;\n"), FileRefused::Empty);
    assert_eq!(unclear(b"name,phone\nx,y\n"), (Unclear::NoEmail, 2));
    assert_eq!(refused(b"name,email\n"), FileRefused::Empty);
    assert_eq!(refused(b"name,email\n\n,\n"), FileRefused::Empty);
    assert_eq!(unclear(b"Ana,ana@example.com\n"), (Unclear::NoHeadings, 2));
    assert_eq!(unclear(b"name,email,email\nAna,a@example.com,b@example.com\n"), (Unclear::Twice, 3));
    assert_eq!(
        refused(b"name,email\r\n\xc5\x81u\xc5\x9b,a@example.com\r\n\xff,b@example.com\n"),
        FileRefused::BrokenUtf8(3)
    );
    assert_eq!(refused(b"name,email\n\0,ana@example.com\n"), FileRefused::NotText);
    assert_eq!(refused(b"PK\x03\x04..."), FileRefused::Workbook);
    assert_eq!(refused(&b"\xff\xfen\0a\0m"[..]), FileRefused::NotText);
    assert_eq!(refused(format!("name,email{}\n", ",x".repeat(199)).as_bytes()), FileRefused::TooLong);
    let wide = HowToRead { text_max: 1_000, ..how };
    assert_eq!(
        read(format!("name,email{}\n", ",x".repeat(199)).as_bytes(), &catalog(), &wide).unwrap_err(),
        FileRefused::TooManyColumns
    );
    assert_eq!(
        refused(b"name,email\na,a@example.com\nb,b@example.com\nc,c@example.com\n"),
        FileRefused::TooManyRows(2)
    );
}
