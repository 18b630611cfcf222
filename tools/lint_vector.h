// Lets Clang read GCC's std::vector, for tools/lint only. Is not part of the program.
// A vector of pairs of the type that holds it (spec/node.h) is fine for GCC; Clang instantiates the
// constexpr functions of such a vector too early. So here they are not constexpr.
#pragma once
#include <memory>
#include <string>
#pragma push_macro("_GLIBCXX20_CONSTEXPR")
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 fill_bits_for_lint  // declared constexpr before; nothing is linked here
#include <vector>
#undef __fill_a1
#pragma pop_macro("_GLIBCXX20_CONSTEXPR")
