use super::*;

/// Colours from all over the cube, with its corners and the middle.
fn colors() -> impl Iterator<Item = Rgb> {
    let channel = || [0, 1, 20, 51, 77, 102, 119, 128, 153, 179, 204, 230, 254, 255].into_iter();
    channel().flat_map(move |red| channel().flat_map(move |green| channel().map(move |blue| [red, green, blue])))
}

/// The colours in the style sheet for a token, light and dark.
fn token(name: &str) -> [Rgb; 2] {
    let tokens = include_str!("../../../../web/css/tokens.css");
    let value = tokens.split(&format!("--{name}: light-dark(")).nth(1).unwrap().split(')').next().unwrap();
    let (light, dark) = value.split_once(", ").unwrap();
    [light, dark].map(|color| AccentColor::parse(color).unwrap().0)
}

#[test]
fn every_colour_becomes_readable_wherever_a_page_uses_it() {
    for color in colors() {
        let AccentShades { light, dark } = AccentColor(color).shades();
        for (shades, grounds) in [(light, LIGHT_GROUNDS), (dark, DARK_GROUNDS)] {
            for ground in grounds {
                assert!(contrast(shades.color.0, ground) >= 4.5, "{color:?} on {ground:?}");
                assert!(contrast(shades.strong.0, ground) >= 4.5, "{color:?}, strong, on {ground:?}");
            }
            for (text, behind) in [(shades.color, shades.soft), (shades.strong, shades.soft)] {
                assert!(contrast(text.0, behind.0) >= 4.5, "{color:?}: {text} on {behind}");
            }
        }
    }
}

#[test]
fn a_colour_that_is_readable_stays_as_it_was_chosen() {
    assert_eq!(AccentColor([0x0b, 0x5f, 0xae]).shades().light.color, AccentColor([0x0b, 0x5f, 0xae]));
    assert_eq!(AccentColor([0x7c, 0xb8, 0xf5]).shades().dark.color, AccentColor([0x7c, 0xb8, 0xf5]));
}

#[test]
fn a_button_has_the_chosen_colour_and_its_words_are_black_or_white_whichever_has_the_higher_contrast() {
    for color in colors() {
        let AccentShades { light, dark } = AccentColor(color).shades();
        for ButtonShades { color: ground, strong, text, .. } in [light.button, dark.button] {
            assert_eq!(ground.0, color);
            let [chosen, black, white] = [text.0, BLACK, WHITE].map(|text| contrast(color, text));
            assert!(text.0 == BLACK || text.0 == WHITE);
            assert!(chosen >= black && chosen >= white && chosen >= 4.5, "{ground}");
            assert!(contrast(strong.0, text.0) >= 4.5, "{ground} under the pointer: {text} on {strong}");
            assert!(contrast(strong.0, color) >= 1.1, "{ground} under the pointer is {strong}");
        }
    }
}

#[test]
fn the_edge_of_a_button_stands_out_from_every_ground_of_a_page() {
    for color in colors() {
        let AccentShades { light, dark } = AccentColor(color).shades();
        for (edge, grounds) in [(light.button.edge, LIGHT_GROUNDS), (dark.button.edge, DARK_GROUNDS)] {
            for ground in grounds {
                assert!(contrast(edge.0, ground) >= 3.0, "{color:?}: {edge} on {ground:?}");
            }
            let stands_out = grounds.iter().all(|&ground| contrast(color, ground) >= 3.0);
            assert_eq!(edge.0 == color, stands_out, "{color:?} has the edge {edge}");
        }
    }
}

#[test]
fn the_grounds_are_those_of_the_style_sheet() {
    let names = ["surface", "ground", "raised", "good-soft", "wait-soft", "bad-soft"];
    for (at, name) in names.into_iter().enumerate() {
        assert_eq!(token(name), [LIGHT_GROUNDS[at], DARK_GROUNDS[at]], "{name}");
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
    assert!((contrast([0x77; 3], WHITE) - 4.48).abs() < 0.01);
    assert!((contrast([255, 255, 0], WHITE) - 1.07).abs() < 0.01);
}

/// The dashboard's preview is held to the same list, in `tests/web/unit/shades.test.js`.
#[test]
fn the_shades_are_those_of_the_list() {
    let listed = include_str!("../../../../tests/web/unit/shades.json");
    let listed: Vec<serde_json::Value> = serde_json::from_str(listed).unwrap();
    let now = listed.iter().map(|one| {
        let color = AccentColor::parse(one["accent"].as_str().unwrap()).unwrap();
        let AccentShades { light, dark } = color.shades();
        serde_json::json!({"accent": color, "light": light, "dark": dark})
    });
    let now: Vec<_> = now.collect();
    assert_eq!(now, listed, "{}", serde_json::to_string_pretty(&now).unwrap());
    assert!(now.len() > 8);
}

#[test]
fn a_colour_is_six_digits_and_nothing_else() {
    for text in ["#0B5FAE", " #0b5fae "] {
        assert_eq!(AccentColor::parse(text).unwrap().to_string(), "#0b5fae");
    }
    for text in ["", "#", "0b5fae", "#0b5fa", "#0b5faef", "#fff", "red", "#+b5fae", "#0b5fä", "#0b5fae;x", "url(x)"] {
        assert_eq!(AccentColor::parse(text), Err(InvalidColor), "{text}");
    }
}
