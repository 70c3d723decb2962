//! Fills what lies between arcs: every pixel gets the colours of the areas in it by how much of it
//! they take. Since a border is one line with an area on either side, nothing is drawn twice and
//! nothing shines through.

use rayon::prelude::*;

use super::{map::PixelArcs, raster::Tile};

/// Lines per pixel along which coverage is measured. Along a line it is exact to a quarter pixel.
const LINES: usize = 4;
/// What a pixel weighs across one line.
const PIXEL: i32 = 64;
/// The smallest part of a pixel that is told apart: fewer parts make fewer colours.
const PART: i32 = 16;
/// Rows of pixels that are filled together.
const BAND: usize = 32;

/// Pixels, row by row, four bytes each: red, green, blue and an alpha that is always full.
pub(super) struct Canvas<'a> {
    pub pixels: &'a mut [u8],
    pub width: usize,
}

/// The part of a canvas that a map fills, in whole pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    pub height: usize,
}

/// Where a border crosses a line: the paint to the west of it ends and that to the east begins.
/// Packed so that sorting brings the crossings of a line together, west to east.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Crossing(u64);

impl Crossing {
    fn new(line: usize, x: i32, west: u8, east: u8) -> Self {
        let x = u64::from(x.unsigned_abs());
        Self((line as u64) << 48 | x << 16 | u64::from(west) << 8 | u64::from(east))
    }

    fn line(self) -> usize {
        (self.0 >> 48) as usize
    }

    fn x(self) -> i32 {
        (self.0 >> 16) as u32 as i32
    }

    fn west(self) -> usize {
        usize::from((self.0 >> 8) as u8)
    }

    fn east(self) -> usize {
        usize::from(self.0 as u8)
    }
}

/// No paint: what is there shows.
const NONE: u8 = u8::MAX;

/// Fills the areas between `arcs` in a window of the canvas, all cores sharing the rows. Arcs are in
/// CSS pixels, of which the canvas has `scale` pixels each. Cost: n log n in the crossings of arcs
/// with lines, and a pass over the pixels for each line.
pub(super) fn fill(
    canvas: &mut Canvas<'_>,
    window: Window,
    arcs: &PixelArcs,
    scale: f32,
    paints: &[Tile],
) {
    let bands = window.height.div_ceil(BAND);
    let mut of_band: Vec<Vec<u32>> = vec![Vec::new(); bands];
    for arc in 0..arcs.len() {
        if arcs.sides[arc][0] == arcs.sides[arc][1] {
            continue;
        }
        let ys = || arcs.get(arc).iter().map(|point| point[1] * scale - window.top as f32);
        let low = ys().fold(f32::INFINITY, f32::min);
        let high = ys().fold(f32::NEG_INFINITY, f32::max);
        // Casts of floats clamp.
        let (first, last) = (low as usize / BAND, high as usize / BAND);
        if high >= 0.0 && first < bands {
            for band in &mut of_band[first..=last.min(bands - 1)] {
                band.push(arc as u32);
            }
        }
    }
    let stride = canvas.width * 4;
    let rows = &mut canvas.pixels[window.top * stride..(window.top + window.height) * stride];
    rows.par_chunks_mut(BAND * stride).zip(of_band).enumerate().for_each(
        |(band, (rows, arc_list))| {
            let top = band * BAND;
            let crossings = crossings(&arc_list, arcs, scale, window, top, rows.len() / stride);
            fill_band(rows, stride, window, top, &crossings, paints);
        },
    );
}

/// The crossings of arcs with the lines of a band, sorted.
fn crossings(
    list: &[u32],
    arcs: &PixelArcs,
    scale: f32,
    window: Window,
    top: usize,
    height: usize,
) -> Vec<Crossing> {
    let mut crossings = Vec::new();
    let lines = (height * LINES) as f32;
    let right = window.width as i32 * PIXEL;
    for &arc in list {
        let [left_paint, right_paint] = arcs.sides[arc as usize].map(|side| side.unwrap_or(NONE));
        // The middle of line n lies at n in these units.
        let point = |[x, y]: [f32; 2]| {
            let x = x * scale - window.left as f32;
            let y = (y * scale - (window.top + top) as f32) * LINES as f32 - 0.5;
            [x, y]
        };
        for pair in arcs.get(arc as usize).windows(2) {
            let (from, to) = (point(pair[0]), point(pair[1]));
            if from[1] == to[1] {
                continue;
            }
            // Going up the left side is the west.
            let is_up = to[1] < from[1];
            let (west, east) =
                if is_up { (left_paint, right_paint) } else { (right_paint, left_paint) };
            let (upper, lower) = if is_up { (to, from) } else { (from, to) };
            // Lines from the upper end on, without the lower: a line through a point is met once.
            let first = upper[1].ceil().max(0.0);
            let end = lower[1].ceil().min(lines);
            if first >= end {
                continue;
            }
            let slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
            for line in first as usize..end as usize {
                let x = upper[0] + (line as f32 - upper[1]) * slope;
                let parts = (x * (PIXEL / PART) as f32).round();
                let x = (parts as i32).saturating_mul(PART).clamp(0, right);
                if x < right {
                    crossings.push(Crossing::new(line, x, west, east));
                }
            }
        }
    }
    crossings.sort_unstable();
    crossings
}

/// How much of each paint there is of a pixel, summed: red, green, blue, and what is covered.
type Sum = [u32; 4];

/// What a pixel weighs in all.
const FULL: u32 = (PIXEL as u32) * LINES as u32;

fn fill_band(
    rows: &mut [u8],
    stride: usize,
    window: Window,
    top: usize,
    crossings: &[Crossing],
    paints: &[Tile],
) {
    let mut sums: Vec<Sum> = vec![[0; 4]; window.width];
    let mut rest = crossings;
    for (row, pixels) in rows.chunks_exact_mut(stride).enumerate() {
        let y = window.top + top + row;
        let mut is_touched = false;
        for line in row * LINES..(row + 1) * LINES {
            let count = rest.partition_point(|crossing| crossing.line() <= line);
            let (here, later) = rest.split_at(count);
            rest = later;
            is_touched |= !here.is_empty();
            fill_line(&mut sums, here, window, y, paints);
        }
        if !is_touched {
            continue;
        }
        let pixels = &mut pixels[window.left * 4..(window.left + window.width) * 4];
        for (pixel, sum) in pixels.chunks_exact_mut(4).zip(&mut sums) {
            let bare = FULL.saturating_sub(sum[3]);
            for channel in 0..3 {
                let mixed = sum[channel] + bare * u32::from(pixel[channel]) + FULL / 2;
                pixel[channel] = u8::try_from(mixed / FULL).unwrap_or(u8::MAX);
            }
            *sum = [0; 4];
        }
    }
}

/// Adds what one line crosses. Which paint a stretch has is counted, not guessed from its ends:
/// where borders that were thinned cross each other, only what lies between them is in doubt.
fn fill_line(sums: &mut [Sum], here: &[Crossing], window: Window, y: usize, paints: &[Tile]) {
    let mut counts = [0_i16; 256];
    let mut current = usize::from(NONE);
    let mut from = 0;
    for crossing in here {
        if crossing.x() > from {
            add(sums, from, crossing.x(), window, y, paints.get(current));
            from = crossing.x();
        }
        counts[crossing.west()] -= 1;
        counts[crossing.east()] += 1;
        let east = crossing.east();
        if paints.get(east).is_some() && counts[east] > 0 {
            current = east;
        } else if paints.get(current).is_none() || counts[current] <= 0 {
            let mut among = 0..paints.len();
            current = among.find(|&at| counts[at] > 0).unwrap_or(usize::from(NONE));
        }
    }
    add(sums, from, window.width as i32 * PIXEL, window, y, paints.get(current));
}

/// Adds a stretch of one paint.
fn add(sums: &mut [Sum], from: i32, to: i32, window: Window, y: usize, paint: Option<&Tile>) {
    let Some(paint) = paint else { return };
    let row = paint.row(y);
    let colour = |x: usize| row[(window.left + x) % row.len()];
    let weigh = |sum: &mut Sum, colour: Sum, weight: u32| {
        for channel in 0..4 {
            sum[channel] += colour[channel] * weight;
        }
    };
    let (first, last) = ((from / PIXEL) as usize, (to / PIXEL) as usize);
    let (head, tail) = ((from % PIXEL) as u32, (to % PIXEL) as u32);
    if first == last {
        weigh(&mut sums[first], colour(first), tail - head);
        return;
    }
    weigh(&mut sums[first], colour(first), PIXEL as u32 - head);
    if let [only] = row {
        for sum in &mut sums[first + 1..last] {
            weigh(sum, *only, PIXEL as u32);
        }
    } else {
        for (x, sum) in (first + 1..).zip(&mut sums[first + 1..last]) {
            weigh(sum, colour(x), PIXEL as u32);
        }
    }
    if tail > 0 {
        weigh(&mut sums[last], colour(last), tail);
    }
}
