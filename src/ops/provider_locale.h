// How providers draw from a locale: the draws that several columns of a row share, and texts of a
// locale's formats. The locales themselves are locale.h's.
#pragma once

#include <string_view>

#include "base/status.h"
#include "ops/locale.h"
#include "ops/provider.h"

namespace tamis {

/// The locale that the column's options name, else the table's, else en_US. UsageError at its place
/// if there is none of that name.
Result<const Locale*> LocaleOf(ColumnScope& scope);

/// Draws of the row's person, as indices of the locale's lists; a sex.
Register GivenName(ColumnScope& scope, const Locale& locale);
Register FamilyName(ColumnScope& scope, const Locale& locale);
Register SexOf(ColumnScope& scope, const Locale& locale);
/// Of the row's place.
Register City(ColumnScope& scope, const Locale& locale);

/// A number of the range that belongs to `index`, drawn by a name.
Register InRange(ColumnScope& scope, std::string_view draw, Register index,
                 const IndexedRanges& ranges);

/// Adds the parts of a format; its numbers are draws of `entity`.
void AddFormat(ColumnScope& scope, const Locale& locale, std::string_view entity,
               const Format& format);

}  // namespace tamis
