//! Files as people save them, and as they should not.

use shared::domain::{Title, Unit};

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
    ];
    Catalog { units, modules: Vec::new() }
}

fn rows(text: &str) -> Vec<ImportRow> {
    read(text.as_bytes(), &catalog(), 100).unwrap()
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

#[test]
fn every_way_to_save_a_table_is_read_alike() {
    for text in [
        "name,email,groups,sites\nAna Łoś,ana@example.com,Welders,Gdańsk\n",
        "\u{feff}Name;EMail;Groups;Sites\r\nAna Łoś;ana@example.com;welders;gdańsk\r\n",
        "email\tname\tsites\tgroups\nana@example.com\tAna Łoś\tGDAŃSK\tWELDERS",
        " name , email ,groups,sites\n\n\" Ana Łoś \",\"ana@example.com\",\"Welders;;Welders\",\"02020202-0202-0202-0202-020202020202\"\n,,,\n",
    ] {
        let rows = rows(text);
        let [ImportRow { content: RowContent::Person(person), .. }] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((person.name.to_string().as_str(), person.email.typed()), ("Ana Łoś", "ana@example.com"), "{text}");
        assert_eq!(person.allocation.groups, [UnitId::from_bytes([1; 16])].into());
        assert_eq!(person.allocation.sites, [UnitId::from_bytes([2; 16])].into());
    }
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
            |lines| format!("goes on over {lines} lines, none of which was read: is a quotation mark not closed?");
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
    let refused = |bytes: &[u8]| read(bytes, &catalog(), 2).unwrap_err();
    assert_eq!(refused(b""), FileRefused::NoHeadings);
    assert_eq!(refused(b"name,email\n"), FileRefused::Empty);
    assert_eq!(refused(b"name,email\n\n,\n"), FileRefused::Empty);
    assert_eq!(refused(b"Ana,ana@example.com\n"), FileRefused::NoHeadings);
    assert_eq!(refused(b"name,email,role\nAna,ana@example.com,admin\n"), FileRefused::UnknownHeading);
    assert_eq!(refused(b"name,email,email\nAna,a@example.com,b@example.com\n"), FileRefused::HeadingTwice);
    assert_eq!(refused(b"name,email\n\xc3\xe9,ana@example.com\n"), FileRefused::NotUtf8);
    assert_eq!(refused(b"\xff\xfen\0a\0m\0e\0"), FileRefused::NotUtf8);
    assert_eq!(
        refused(b"name,email\na,a@example.com\nb,b@example.com\nc,c@example.com\n"),
        FileRefused::TooManyRows(2)
    );
}
