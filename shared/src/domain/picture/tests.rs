use super::*;

const LOGO: &[u8] = include_bytes!("samples/logo.png");
/// With a comment, XMP and Exif.
const TEXT: &[u8] = include_bytes!("samples/text.png");
const PALETTE: &[u8] = include_bytes!("samples/palette.png");
/// Of two frames.
const ANIMATED: &[u8] = include_bytes!("samples/apng.png");
/// With a comment and Exif: the camera, and where it was.
const EXIF: &[u8] = include_bytes!("samples/exif.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("samples/progressive.jpg");
const GRAY: &[u8] = include_bytes!("samples/gray.jpg");
const CMYK: &[u8] = include_bytes!("samples/cmyk.jpg");
const TAKEN: [&[u8]; 7] = [LOGO, TEXT, PALETTE, ANIMATED, EXIF, PROGRESSIVE, GRAY];

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A PNG of these chunks, with their checksums.
fn png_of(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = png::SIGNATURE.to_vec();
    for (name, data) in chunks {
        bytes.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        let named = [&name[..], data].concat();
        bytes.extend_from_slice(&named);
        bytes.extend_from_slice(&crc32fast::hash(&named).to_be_bytes());
    }
    bytes
}

fn header_of(width: u32, height: u32, rest: [u8; 5]) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &rest].concat()
}

fn png_with_header(header: &[u8]) -> Result<Picture, PictureError> {
    Picture::read(&png_of(&[(b"IHDR", header), (b"IDAT", b"x"), (b"IEND", b"")]))
}

#[test]
fn pictures_are_told_by_their_bytes() {
    let read =
        |bytes| Picture::read(bytes).map(|picture| (picture.kind(), picture.size().width, picture.size().height));
    assert_eq!(read(LOGO), Ok((PictureKind::Png, 240, 80)));
    for png in [TEXT, PALETTE, ANIMATED] {
        assert_eq!(read(png), Ok((PictureKind::Png, 48, 16)));
    }
    for jpeg in [EXIF, PROGRESSIVE, GRAY] {
        assert_eq!(read(jpeg), Ok((PictureKind::Jpeg, 48, 16)));
    }
    assert_eq!(read(CMYK), Err(PictureError::Variety));
    let others: [&[u8]; 7] =
        [b"", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"<svg xmlns='x'/>", b"\x89PN", b"\xff\xd8", b"%PDF"];
    for other in others {
        assert_eq!(read(other), Err(PictureError::Kind), "{other:?}");
    }
    assert_eq!(read(&[LOGO, &vec![0; MAX_PICTURE_BYTES]].concat()), Err(PictureError::TooLarge));
}

#[test]
fn nothing_is_kept_but_what_the_picture_shows() {
    for (bytes, told) in [
        (TEXT, &[&b"taken at home"[..], b"tEXt", b"iTXt", b"eXIf"][..]),
        (ANIMATED, &[&b"acTL"[..], b"fcTL", b"fdAT"]),
        (EXIF, &[&b"taken at home"[..], b"Exif", b"Cam"]),
    ] {
        let picture = Picture::read(bytes).unwrap();
        for &part in told {
            assert!(has(bytes, part) && !has(picture.bytes(), part), "{}", String::from_utf8_lossy(part));
        }
    }
    // What follows its end is another file.
    for bytes in TAKEN {
        let followed = Picture::read(&[bytes, b"PK\x03\x04<script>"].concat()).unwrap();
        assert_eq!(followed, Picture::read(bytes).unwrap());
    }
    // A thumbnail within JFIF's own segment, and a profile.
    let thumbnail =
        [&GRAY[..2], b"\xff\xe0\x00\x13JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01abc\xff\xe2\x00\x06ICC_", &GRAY[20..]];
    assert_eq!(Picture::read(&thumbnail.concat()), Picture::read(GRAY));
    // What is bare already stays as it is.
    assert_eq!(Picture::read(LOGO).unwrap().bytes(), LOGO);
    assert_eq!(Picture::read(PROGRESSIVE).unwrap().bytes(), PROGRESSIVE);
}

#[test]
fn a_picture_that_is_cut_off_is_refused_wherever() {
    for bytes in TAKEN {
        for length in 4..bytes.len() {
            let Err(error) = Picture::read(&bytes[..length]) else { panic!("{length} of {}", bytes.len()) };
            assert!(matches!(error, PictureError::Damaged | PictureError::Kind), "{length}: {error}");
        }
    }
}

#[test]
fn a_changed_byte_never_makes_a_picture_that_would_be_read_differently_again() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for bytes in TAKEN {
        for at in 0..bytes.len() {
            for _ in 0..3 {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let mut changed = bytes.to_vec();
                changed[at] = random.to_be_bytes()[0];
                let Ok(picture) = Picture::read(&changed) else { continue };
                assert!(picture.bytes().len() <= changed.len());
                assert_eq!(Picture::read(picture.bytes()).as_ref(), Ok(&picture), "byte {at}");
            }
        }
    }
}

#[test]
fn a_png_whose_checksum_is_wrong_is_damaged() {
    let mut changed = LOGO.to_vec();
    // The width, within the header.
    changed[19] ^= 1;
    assert_eq!(Picture::read(&changed), Err(PictureError::Damaged));
}

#[test]
fn sides_are_16_to_2000_pixels() {
    for (width, height, wanted) in [
        (16, 16, true),
        (2_000, 2_000, true),
        (15, 16, false),
        (16, 15, false),
        (2_001, 16, false),
        (16, u32::MAX, false),
    ] {
        let read = png_with_header(&header_of(width, height, [8, 6, 0, 0, 0]));
        assert_eq!(
            read.map(|picture| picture.size()),
            wanted.then_some(PictureSize { width, height }).ok_or(PictureError::Side)
        );
    }
}

#[test]
fn a_png_has_a_header_that_there_is() {
    for rest in [[8, 6, 0, 0, 0], [16, 2, 0, 0, 1], [1, 0, 0, 0, 0], [8, 4, 0, 0, 0]] {
        assert!(png_with_header(&header_of(20, 20, rest)).is_ok(), "{rest:?}");
    }
    // Depths and colours that do not go together, unknown methods, and a palette that is missing.
    let wrong = [
        [1, 6, 0, 0, 0],
        [3, 0, 0, 0, 0],
        [8, 1, 0, 0, 0],
        [8, 6, 1, 0, 0],
        [8, 6, 0, 1, 0],
        [8, 6, 0, 0, 2],
        [8, 3, 0, 0, 0],
    ];
    for rest in wrong {
        assert_eq!(png_with_header(&header_of(20, 20, rest)), Err(PictureError::Damaged), "{rest:?}");
    }
    for length in [0, 9, 12, 14] {
        let header = [&header_of(20, 20, [8, 6, 0, 0, 0])[..], &[0; 4]].concat();
        assert_eq!(png_with_header(&header[..length]), Err(PictureError::Damaged), "{length}");
    }
}

#[test]
fn the_chunks_of_a_png_come_as_the_standard_has_them() {
    let header = &header_of(20, 20, [8, 6, 0, 0, 0])[..];
    let ihdr = || (b"IHDR", header);
    let read = |chunks: &[(&[u8; 4], &[u8])]| Picture::read(&png_of(chunks));
    assert!(read(&[ihdr(), (b"IDAT", b"x"), (b"IDAT", b"y"), (b"IEND", b"")]).is_ok());
    let wrong: [&[(&[u8; 4], &[u8])]; 6] = [
        &[(b"IDAT", b"x"), (b"IEND", b"")],
        &[(b"IDAT", b"x"), ihdr(), (b"IEND", b"")],
        &[ihdr(), ihdr(), (b"IDAT", b"x"), (b"IEND", b"")],
        &[ihdr(), (b"IEND", b"")],
        &[ihdr(), (b"IDAT", b"x"), (b"IEND", b"x")],
        &[ihdr(), (b"ABCD", b""), (b"IDAT", b"x"), (b"IEND", b"")],
    ];
    for chunks in wrong {
        assert_eq!(read(chunks), Err(PictureError::Damaged), "{chunks:?}");
    }
    // A length that goes round would end where it began.
    let mut endless = png_of(&[ihdr(), (b"IDAT", b"x"), (b"IEND", b"")]);
    endless[33..37].fill(0xff);
    assert_eq!(Picture::read(&endless), Err(PictureError::Damaged));
}

#[test]
fn a_jpeg_has_one_frame_of_a_variety_that_browsers_show() {
    let start = GRAY.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    for marker in [0xc3, 0xc5, 0xc9, 0xcf] {
        let mut changed = GRAY.to_vec();
        changed[start + 1] = marker;
        assert_eq!(Picture::read(&changed), Err(PictureError::Variety), "{marker:x}");
    }
    let mut deep = GRAY.to_vec();
    deep[start + 4] = 12;
    assert_eq!(Picture::read(&deep), Err(PictureError::Variety));
    let frame = &GRAY[start..start + 13];
    let twice = [&GRAY[..start], frame, &GRAY[start..]].concat();
    assert_eq!(Picture::read(&twice), Err(PictureError::Damaged));
    let none = [&GRAY[..start], &GRAY[start + 13..]].concat();
    assert_eq!(Picture::read(&none), Err(PictureError::Damaged));
    let nothing_drawn = [&GRAY[..start + 13], &[0xff, 0xd9]].concat();
    assert_eq!(Picture::read(&nothing_drawn), Err(PictureError::Damaged));
}

#[test]
fn a_size_is_fitted_into_another_without_growing() {
    for (size, room, fitted) in [
        ((240, 80), (240, 40), (120, 40)),
        ((2_000, 16), (200, 40), (200, 2)),
        ((16, 2_000), (200, 40), (1, 40)),
        ((30, 20), (200, 40), (30, 20)),
        ((100, 100), (40, 40), (40, 40)),
        ((2_000, 16), (10, 10), (10, 1)),
    ] {
        let of = |(width, height)| PictureSize { width, height };
        assert_eq!(of(size).within(room.0, room.1), of(fitted), "{size:?} in {room:?}");
    }
}
