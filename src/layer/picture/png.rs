//! Pixels as a PNG of at most 256 colours.

use ::png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};
use rustc_hash::FxHashMap;
use tiny_skia::Pixmap;

use super::scene::{Item, Scene};

/// The most colours that a byte can number.
const MOST: usize = 256;

/// How many mixtures of colours there are beside the colours themselves in a picture for the
/// screen: more would make the file half as large again, and hardly be seen.
const MIXTURES: usize = 36;

/// A picture as a PNG. The colours of the scene stay exactly what they are. Of the mixtures along
/// edges and in letters, those that occur most stay and the others take the nearest colour. Cost:
/// a pass over the pixels and their compression.
///
/// # Errors
/// When the writer refuses, which in memory it does not.
pub(super) fn encode(
    pixmap: &Pixmap,
    scene: &Scene,
    scale: u32,
) -> Result<Vec<u8>, ::png::EncodingError> {
    let pure = pure(scene);
    let most = if scale == 1 { (pure.len() + MIXTURES).min(MOST) } else { MOST };
    let (palette, pixels) = index(pixmap.data(), &pure, most);
    let mut out = Vec::with_capacity(pixels.len() / 8);
    let mut encoder = Encoder::new(&mut out, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(Compression::High);
    // Numbers of colours have no slope: a filter, which compression would choose, makes them worse.
    encoder.set_filter(Filter::NoFilter);
    // 96 to the inch.
    let per_metre = 3780 * scale;
    let size = PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter };
    encoder.set_pixel_dims(Some(size));
    for (key, text) in
        [("Title", &scene.title), ("Description", &scene.description), ("Source", &scene.source)]
    {
        encoder.add_itxt_chunk(key.to_owned(), text.clone())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(out)
}

/// The colours that things of a scene have, each once.
fn pure(scene: &Scene) -> Vec<[u8; 3]> {
    let mut colours = Vec::new();
    for item in &scene.items {
        match item {
            Item::Box { fill, edge, .. } => {
                colours.push(fill.ground);
                colours.extend(edge);
            }
            Item::Line { colour, .. } => colours.push(*colour),
            Item::Text(text) => colours.push(text.colour),
            Item::Map(map) => {
                colours.extend(map.ground);
                colours.extend(map.paints.iter().map(|fill| fill.ground));
                colours.extend(map.lines.iter().map(|lines| lines.colour));
            }
        }
    }
    let mut colours: Vec<_> = colours.into_iter().map(|rgb| [rgb.r, rgb.g, rgb.b]).collect();
    colours.sort_unstable();
    colours.dedup();
    colours.truncate(MOST);
    colours
}

/// The palette of at most `most` colours, three bytes each, and the number of each pixel's colour.
/// Colours that are in `pure` stay.
fn index(pixels: &[u8], pure: &[[u8; 3]], most: usize) -> (Vec<u8>, Vec<u8>) {
    let colours = || pixels.as_chunks::<4>().0.iter().map(|&[r, g, b, _]| [r, g, b]);
    let mut counts: FxHashMap<[u8; 3], u32> = FxHashMap::default();
    let mut run = (None, 0);
    for colour in colours() {
        if run.0 == Some(colour) {
            run.1 += 1;
            continue;
        }
        if let (Some(before), count) = run {
            *counts.entry(before).or_default() += count;
        }
        run = (Some(colour), 1);
    }
    if let (Some(before), count) = run {
        *counts.entry(before).or_default() += count;
    }
    let mut palette: Vec<_> = counts.into_iter().collect();
    palette.sort_unstable_by_key(|&(colour, count)| {
        (pure.binary_search(&colour).is_err(), std::cmp::Reverse(count), colour)
    });
    let (kept, others) = palette.split_at(palette.len().min(most));
    let mut numbers: FxHashMap<[u8; 3], u8> =
        (0..=u8::MAX).zip(kept).map(|(number, (colour, _))| (*colour, number)).collect();
    for (colour, _) in others {
        let nearest = (0..=u8::MAX).zip(kept).min_by_key(|(_, (one, _))| distance(*one, *colour));
        numbers.insert(*colour, nearest.map_or(0, |(number, _)| number));
    }
    let mut last = ([0; 3], numbers.get(&[0; 3]).copied().unwrap_or_default());
    let indices = colours()
        .map(|colour| {
            if colour != last.0 {
                last = (colour, numbers.get(&colour).copied().unwrap_or_default());
            }
            last.1
        })
        .collect();
    (kept.iter().flat_map(|(colour, _)| *colour).collect(), indices)
}

/// How different two colours look, roughly: green weighs most.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let weights = [3, 6, 1];
    (0..3).map(|i| u32::from(a[i].abs_diff(b[i])).pow(2) * weights[i]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(palette: &[u8], indices: &[u8]) -> Vec<[u8; 3]> {
        let colour = |&at: &u8| {
            let from = usize::from(at) * 3;
            [palette[from], palette[from + 1], palette[from + 2]]
        };
        indices.iter().map(colour).collect()
    }

    #[test]
    fn few_colours_stay_what_they_are() {
        let colours: Vec<[u8; 3]> = (0..=255).map(|n| [n, 255 - n, 7]).collect();
        let pixels: Vec<u8> = colours.iter().flat_map(|c| [c[0], c[1], c[2], 255]).collect();
        let (palette, indices) = index(&pixels, &[], 256);
        assert_eq!(palette.len(), 3 * 256);
        assert_eq!(back(&palette, &indices), colours);
    }

    #[test]
    fn of_many_the_pure_and_the_most_frequent_stay_and_the_others_come_near() {
        let pure = [[6, 128, 12]];
        let rare = (0..40_u8).flat_map(|r| (0..40_u8).map(move |b| [r * 6, 128, b * 6]));
        let colours: Vec<[u8; 3]> = rare.chain(vec![[250, 0, 250]; 9]).collect();
        let pixels: Vec<u8> = colours.iter().flat_map(|c| [c[0], c[1], c[2], 255]).collect();
        let (palette, indices) = index(&pixels, &pure, 100);
        assert_eq!(palette.len(), 3 * 100);
        let found = back(&palette, &indices);
        assert!(found[1600..].iter().all(|colour| *colour == [250, 0, 250]));
        assert!(found.contains(&pure[0]));
        // Each took the nearest that there was.
        let kept: Vec<[u8; 3]> = palette.as_chunks::<3>().0.to_vec();
        for (was, is) in colours.iter().zip(&found) {
            let best = kept.iter().map(|one| distance(*one, *was)).min();
            assert_eq!(Some(distance(*is, *was)), best, "{was:?}");
        }
    }
}
