use super::*;

const URL: &str = "https://join.example.com/join/0123456789abcdefghjkmnpqrs";

fn parts<'a>(organization: &'a str, welcome: Option<&'a str>, sites: Vec<&'a str>) -> PosterParts<'a> {
    let until = Some("30 września 2026 o 23:59 (America/Argentina/ComodRivadavia)".to_owned());
    let welcome = welcome.map(|text| Welcome { text, language: None });
    let (language, also, trainings) = (Language::De, Vec::new(), Vec::new());
    PosterParts { language, also, organization, trainings, sites, welcome, until, url: URL, logo: None, accent: None }
}

/// A poster on which there is as much as there can be.
fn fullest<'a>(organization: &'a str, welcome: Option<&'a str>, names: Vec<&'a str>) -> PosterParts<'a> {
    let also = vec![Language::En, Language::Es, Language::Pl];
    PosterParts { also, trainings: names.clone(), ..parts(organization, welcome, names) }
}

/// The numbers of an attribute, in the order they stand in.
fn numbers(drawing: &str, attribute: &str) -> Vec<u32> {
    let attribute = format!(" {attribute}=\"");
    let after = drawing.split(&attribute).skip(1);
    after.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

#[test]
fn whatever_the_texts_are_everything_is_within_the_sheet_and_nothing_lies_on_anything_else() {
    let (wide, ideographs) = ("W".repeat(100), "字".repeat(500));
    let (lines, words) = ("a\n".repeat(250), "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww ".repeat(15));
    let site = "Wwwww ".repeat(16);
    for organization in ["A", &wide, "Zakład Spawalniczy Gdańsk-Wrzeszcz i Synowie Spółka Akcyjna"] {
        for welcome in [None, Some("Hi"), Some(&*ideographs), Some(&*lines), Some(&*words), Some(&*"W".repeat(500))] {
            for sites in [vec![], vec!["North yard"], vec![site.trim(); 50], vec![&*wide; 50]] {
                let drawing = svg(&fullest(organization, welcome, sites)).unwrap();
                let texts: Vec<_> = drawing.split("<text ").skip(1).collect();
                let mut boxes: Vec<(u32, u32)> = texts
                    .iter()
                    .map(|text| {
                        let text = format!(" {text}");
                        let (y, size) = (numbers(&text, "y")[0], numbers(&text, "font-size")[0]);
                        let shown = text.split('>').nth(1).unwrap().split('<').next().unwrap();
                        assert!(fit::width(shown) * size / 100 <= INNER, "{shown}");
                        (y - size, y + size / 4)
                    })
                    .collect();
                let qr = drawing.split("<svg ").nth(2).unwrap();
                let (y, side) = (numbers(&format!(" {qr}"), "y")[0], numbers(&format!(" {qr}"), "height")[0]);
                assert!(side >= 8_000, "a QR code of {side}");
                boxes.push((y, y + side));
                boxes.sort_unstable();
                assert!(boxes.first().unwrap().0 >= MARGIN && boxes.last().unwrap().1 <= HEIGHT - MARGIN, "{boxes:?}");
                assert!(boxes.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1), "{boxes:?}");
            }
        }
    }
}

/// The corners of the logo and of the QR code: left, top, right, bottom.
fn corners(drawing: &str, tag: &str) -> [u32; 4] {
    let tag = format!(" {}", drawing.rsplit(tag).next().unwrap().split('>').next().unwrap());
    let of = |name| numbers(&tag, name)[0];
    [of("x"), of("y"), of("x") + of("width"), of("y") + of("height")]
}

#[test]
fn a_logo_stands_above_everything_in_its_proportions_and_leaves_the_code_large() {
    for (width, height) in [(240, 80), (2_000, 16), (16, 2_000), (16, 16)] {
        for organization in ["A", &"W".repeat(100)] {
            for (welcome, sites) in
                [(None, vec![]), (Some("Hi"), vec!["North yard"]), (Some("Wwwww"), vec!["Wwwwww"; 50])]
            {
                let size = PictureSize { width, height };
                let logo = Some(PosterLogo { size, data: "data:image/png;base64,AAAA".to_owned() });
                let plain = svg(&fullest(organization, welcome, sites.clone())).unwrap();
                let drawing = svg(&PosterParts { logo, ..fullest(organization, welcome, sites) }).unwrap();
                assert!(drawing.contains(" href=\"data:image/png;base64,AAAA\"/>"), "{drawing}");
                let ([left, top, right, bottom], code) = (corners(&drawing, "<image"), corners(&drawing, "<svg "));
                assert!(left >= MARGIN && top >= MARGIN && right <= WIDTH - MARGIN && code[3] <= HEIGHT - MARGIN);
                let first = drawing.split("<text ").nth(1).unwrap();
                let first = format!(" {first}");
                assert!(bottom + GAP.0 <= numbers(&first, "y")[0] - numbers(&first, "font-size")[0], "{drawing}");
                assert!(
                    (right - left).abs_diff((bottom - top) * width / height) <= 1 + width / height,
                    "{width}:{height}"
                );
                let side = |corners: [u32; 4]| corners[2] - corners[0];
                assert!(side(code) >= QR_BESIDE_LOGO.min(side(corners(&plain, "<svg "))));
            }
        }
    }
}

#[test]
fn on_a_poster_full_of_text_the_code_stays_large_or_there_is_no_logo() {
    let (wide, ideographs, lines) = ("W".repeat(100), "字".repeat(500), "a\n".repeat(250));
    for welcome in [&ideographs, &lines, &"Wwwww ".repeat(80)] {
        let logo = Some(PosterLogo { size: PictureSize { width: 16, height: 16 }, data: "data:x".to_owned() });
        let full = || fullest(&wide, Some(welcome), vec![&*wide; 50]);
        let (plain, drawing) = (svg(&full()).unwrap(), svg(&PosterParts { logo, ..full() }).unwrap());
        if drawing.contains("<image") {
            let [left, top, right, bottom] = corners(&drawing, "<svg ");
            assert!(right - left >= QR_BESIDE_LOGO && bottom > top && bottom <= HEIGHT - MARGIN, "{right} {bottom}");
        } else {
            assert_eq!(drawing, plain);
        }
    }
}

#[test]
fn a_text_is_a_text_whatever_marks_are_in_it() {
    let hostile = "</title></text><script>alert(1)</script> \"&amp; ' onload=x ]]> {{ x }}";
    for drawn in [svg, html].map(|draw| draw(&parts(hostile, Some(hostile), vec![hostile])).unwrap()) {
        assert!(!drawn.contains("<script") && !drawn.contains("]]>"), "{drawn}");
        assert_eq!(drawn.matches("</text>").count(), drawn.matches("<text ").count());
    }
}

#[test]
fn sites_there_is_no_room_for_are_counted() {
    let names: Vec<String> = (0..50).map(|number| format!("Yard number {number}")).collect();
    let drawing = svg(&parts("Acme", None, names.iter().map(String::as_str).collect())).unwrap();
    let text: String = drawing.split("<text ").skip(1).map(|text| text.split(['>', '<']).nth(1).unwrap()).collect();
    let shown = text.matches("Yard number").count();
    assert!(shown > 3 && text.contains(&format!("· +{}", 50 - shown)), "{text}");
}

#[test]
fn one_site_is_named_as_one() {
    for (sites, label) in
        [(vec!["North yard"], "Standort: North yard"), (vec!["North", "South"], "Standorte: North · South")]
    {
        let drawing = svg(&parts("Acme", None, sites)).unwrap();
        assert!(drawing.contains(label), "{drawing}");
    }
}

/// All lines of a drawing, one after the other.
fn said(drawing: &str) -> String {
    let lines: Vec<_> = drawing.split("<text ").skip(1).filter_map(|text| text.split(['>', '<']).nth(1)).collect();
    lines.join(" ")
}

#[test]
fn the_headline_names_the_one_training_and_more_than_one_are_listed_below_it() {
    for (trainings, shown) in [
        (vec![], "Acme Schulung – scannen und teilnehmen Scannen Sie"),
        (vec!["Kran"], "Acme Kran – scannen und teilnehmen Scannen Sie"),
        (vec!["Kran", "Gas"], "Acme Schulung – scannen und teilnehmen Schulungen: Kran · Gas Scannen Sie"),
    ] {
        let drawing = svg(&PosterParts { trainings, ..parts("Acme", None, Vec::new()) }).unwrap();
        assert!(said(&drawing).starts_with(shown), "{drawing}");
    }
}

#[test]
fn it_says_to_scan_in_every_language_asked_for_and_marks_each_that_is_not_its_own() {
    let welcome = Some(Welcome { text: "Witamy", language: Some(Language::Pl) });
    let drawing = svg(&PosterParts { welcome, also: vec![Language::En], ..parts("Acme", None, Vec::new()) }).unwrap();
    for marked in [" lang=\"pl\">Witamy</text>", " lang=\"en\">Scan this code with your phone’s camera</text>"] {
        assert!(drawing.contains(marked), "{marked} is not in {drawing}");
    }
    assert!(drawing.contains("font-weight=\"700\">Scannen Sie"), "{drawing}");
    assert_eq!(drawing.matches("lang=").count(), 3, "{drawing}");
}

#[test]
fn an_address_that_no_qr_code_holds_is_an_error() {
    let url = "x".repeat(1_700);
    let parts = PosterParts { url: &url, ..parts("Acme", None, Vec::new()) };
    assert!(matches!(svg(&parts), Err(PosterError::Address(_))));
}
