// GLib's and Cairo's objects, owned: each is given back when its owner goes.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

namespace whichbase::paper {

template <auto giveBack>
struct GivenBack {
  template <class T>
  void operator()(T* object) const {
    giveBack(object);
  }
};

template <class T>
using GOwned = std::unique_ptr<T, GivenBack<g_object_unref>>;
using SurfaceOwned = std::unique_ptr<cairo_surface_t, GivenBack<cairo_surface_destroy>>;
using ContextOwned = std::unique_ptr<cairo_t, GivenBack<cairo_destroy>>;
using FontOptionsOwned = std::unique_ptr<cairo_font_options_t, GivenBack<cairo_font_options_destroy>>;
using FontOwned = std::unique_ptr<PangoFontDescription, GivenBack<pango_font_description_free>>;
using AttributesOwned = std::unique_ptr<PangoAttrList, GivenBack<pango_attr_list_unref>>;
using ErrorOwned = std::unique_ptr<GError, GivenBack<g_error_free>>;

} // namespace whichbase::paper
