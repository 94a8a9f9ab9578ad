//! Small images of images: decoded and encoded anew, so that nothing of the original but its pixels
//! is shown on a page.

use std::fs;
use std::io::{self, BufRead, BufReader, Cursor, Seek};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, Rgb, RgbImage};
use pigeon_wire::attachment::{Extension, Thumb};

/// The media type of every small image.
pub(crate) const MEDIA_TYPE: &str = "image/jpeg";
/// Most pixels of an image that is decoded: those of large cameras. Beyond it there is no small
/// image, and nothing is decoded.
const PIXELS_MAX: u64 = 40_000_000;
/// Most pixels of one side.
const SIDE_MAX: u32 = 20_000;
/// Most bytes that decoding may take: four for each pixel, and some for the work.
const DECODE_BYTES_MAX: u64 = 192 * 1024 * 1024;
/// Pixels of the longer side of a small image, at twice the size that it is shown in.
const THUMB_SIDE: u32 = 480;
/// Pixels of a side of somebody's picture, at more than twice the size that it is shown in.
const PICTURE_SIDE: u32 = 160;
/// Pixels that a logo may be wide and high, at twice the size that it is shown in.
const LOGO: (u32, u32) = (480, 96);
/// Of 100.
const QUALITY: u8 = 80;

/// The small image of the file at `path`. `None`: it cannot be decoded, or is too large for it.
pub(super) fn small(path: &Path, claimed: Extension) -> Option<(Vec<u8>, Thumb)> {
    match make(path, claimed) {
        Ok(made) => made,
        Err(cause) => {
            // Broken images are everyday; they are kept as the files that they are.
            tracing::debug!(%cause, "no small image");
            None
        }
    }
}

fn make(path: &Path, claimed: Extension) -> Result<Option<(Vec<u8>, Thumb)>, image::ImageError> {
    let open = || fs::File::open(path).map(BufReader::new);
    let small = decoded(open, claimed, |image| {
        if image.width().max(image.height()) > THUMB_SIDE {
            image.thumbnail(THUMB_SIDE, THUMB_SIDE)
        } else {
            image
        }
    })?;
    let Some(small) = small else {
        return Ok(None);
    };
    let flat = on_white(&small);
    let thumb = Thumb {
        width: flat.width(),
        height: flat.height(),
    };
    Ok(Some((encoded(&flat)?, thumb)))
}

/// An image within the bounds of what is decoded at all, made smaller before it is turned upright.
fn decoded<R: BufRead + Seek>(
    open: impl Fn() -> io::Result<R>,
    claimed: Extension,
    smaller: impl FnOnce(DynamicImage) -> DynamicImage,
) -> Result<Option<DynamicImage>, image::ImageError> {
    let Some(format) = image::ImageFormat::from_extension(claimed.as_str()) else {
        return Ok(None);
    };
    let reader = |bytes: R| {
        let mut reader = ImageReader::with_format(bytes, format);
        let mut limits = Limits::default();
        limits.max_image_width = Some(SIDE_MAX);
        limits.max_image_height = Some(SIDE_MAX);
        limits.max_alloc = Some(DECODE_BYTES_MAX);
        reader.limits(limits);
        reader
    };
    let (width, height) = reader(open().map_err(image::ImageError::IoError)?).into_dimensions()?;
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Ok(None);
    }
    let mut decoder = reader(open().map_err(image::ImageError::IoError)?).into_decoder()?;
    if decoder.total_bytes() > DECODE_BYTES_MAX {
        return Ok(None);
    }
    let turned = decoder.orientation()?;
    let mut small = smaller(DynamicImage::from_decoder(decoder)?);
    small.apply_orientation(turned);
    Ok(Some(small))
}

/// An image as a logo: a PNG, which keeps what shines through. `None`: it cannot be decoded.
pub(super) fn logo(bytes: &[u8], claimed: Extension) -> Option<Vec<u8>> {
    let (width, height) = LOGO;
    let small = decoded(
        || Ok(Cursor::new(bytes)),
        claimed,
        // Turned only afterwards, so that one that lies on its side ends smaller than it might.
        |image| {
            if image.width() > width || image.height() > height {
                image.resize(width, height, FilterType::CatmullRom)
            } else {
                image
            }
        },
    );
    let mut png = Cursor::new(Vec::new());
    let small = small.ok()??.to_rgba8();
    small.write_to(&mut png, image::ImageFormat::Png).ok()?;
    Some(png.into_inner())
}

/// The middle of a small image that was made here, as a square.
pub(super) fn square(small: &[u8]) -> Option<Vec<u8>> {
    let image = image::load_from_memory_with_format(small, image::ImageFormat::Jpeg).ok()?;
    let square = image.resize_to_fill(PICTURE_SIDE, PICTURE_SIDE, FilterType::Triangle);
    encoded(&square.to_rgb8()).ok()
}

fn encoded(image: &RgbImage) -> Result<Vec<u8>, image::ImageError> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes.into_inner())
}

/// What shines through is white.
fn on_white(image: &DynamicImage) -> RgbImage {
    let rgba = image.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0;
        let over = |colour: u8| {
            let mixed = u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}
