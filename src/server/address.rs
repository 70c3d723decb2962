//! A layer by its address, outside of a request: what exports ask for in the words of the interface.

use crate::{
    area::Selection,
    atlas::Atlas,
    layer::{PaintedLayer, PictureSize},
};

use super::{
    layers, parameter,
    pictures::{check_delivery, picture_size},
    problem::Problem,
    query::Query,
};

/// Where layers are in the interface.
const LAYERS: &str = "/v1/lagen/";

/// A layer that an address asks for.
#[derive(Debug)]
pub struct AskedLayer<'a> {
    /// The layer.
    pub layer: PaintedLayer<'a>,
    /// The size of its picture.
    pub size: PictureSize,
}

/// The layer of an address: `buurten?indicator=leefbaarheid&binnen=GM0014`, the same behind
/// `/v1/lagen/`, with the server before it or not, and with a form (`buurten.png`) or not; the form
/// is left to the caller. Parameters are those of the interface; those of the size of a picture are
/// taken with `is_picture` alone.
///
/// # Errors
/// Everything that is wrong with the address, in the words of the interface.
pub fn layer_at<'a>(
    atlas: &'a Atlas,
    selections: &[Selection],
    address: &str,
    is_picture: bool,
) -> Result<AskedLayer<'a>, Problem> {
    let (path, raw) = match address.split_once('?') {
        Some((path, raw)) => (path, Some(raw)),
        None => (address, None),
    };
    let name = path.rsplit_once(LAYERS).map_or(path, |(_, name)| name);
    let name = name.split_once('.').map_or(name, |(level, _)| level);
    let level = layers::level_of(atlas, name)?;
    let known: &[_] = if is_picture { &parameter::PICTURE } else { &parameter::LAYER };
    let mut query = Query::parse(raw, known);
    let size = picture_size(&mut query);
    let delivery = query.text(&parameter::DELIVERY).map(str::to_owned);
    let layer = layers::painted(atlas, layers::chosen(atlas, selections, query, &level)?)?;
    check_delivery(&layer, delivery.as_deref())?;
    Ok(AskedLayer { layer, size })
}
