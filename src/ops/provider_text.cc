// Providers of words and sentences. See provider.h.
#include <algorithm>

#include "ops/provider_locale.h"

namespace tamis {
namespace {

constexpr int64_t kWordsMax = 100;

// A count of 1 to `most` from the options.
Result<int64_t> ReadCount(ColumnScope& scope, const char* option, int64_t usual, int64_t most,
                          const char* message) {
  const Node* node = scope.options().OptionalNode(option);
  if (!node) return usual;
  ARROW_ASSIGN_OR_RAISE(int64_t count, ReadInt(*node, option));
  if (count >= 1 && count <= most) return count;
  return UsageErrorAt(node->place, message);
}

int64_t CodePoints(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

Status EmitWord(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  const Column& column = scope.column();
  std::vector<std::string> fitting;
  for (const std::string& word : locale->words->words()) {
    int64_t length = CodePoints(word);
    bool fits = length <= LengthMax(column) && length >= column.min_length.value_or(0);
    if (fits) fitting.push_back(word);
  }
  if (fitting.empty()) {
    return UsageErrorAt(scope.place(), "no word fits the lengths of column " + column.name,
                        "name a generator in tamis.generate");
  }
  Register index = scope.program().Uniform(scope.OwnDraw(), fitting.size());
  scope.Add(Part::Word(std::make_shared<const WordList>(std::move(fitting)), index));
  return Status::OK();
}

// A sentence whose draws are named by numbers from *draw on.
void AddSentence(ColumnScope& scope, const Locale& locale, int64_t words, int64_t* draw) {
  for (int64_t i = 0; i < words; ++i) {
    if (i > 0 && *locale.word_gap) scope.Add(Part::Text(locale.word_gap));
    bool last = i + 1 == words && locale.sentence_lasts;
    const std::shared_ptr<const WordList>& list = last     ? locale.sentence_lasts
                                                  : i == 0 ? locale.sentence_starts
                                                           : locale.sentence_words;
    Register index =
        scope.program().Uniform(scope.OwnDraw(std::to_string((*draw)++)), list->size());
    scope.Add(Part::Word(list, index));
  }
  scope.Add(Part::Text(locale.sentence_end));
}

Status EmitWords(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  ARROW_ASSIGN_OR_RAISE(int64_t words,
                        ReadCount(scope, "words", 3, kWordsMax, "words are 1 to 100"));
  for (int64_t i = 0; i < words; ++i) {
    if (i > 0) scope.Add(Part::Text(" "));
    Register index =
        scope.program().Uniform(scope.OwnDraw(std::to_string(i)), locale->words->size());
    scope.Add(Part::Word(locale->words, index));
  }
  return Status::OK();
}

Status EmitSentence(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  ARROW_ASSIGN_OR_RAISE(int64_t words,
                        ReadCount(scope, "words", 6, kWordsMax, "a sentence has 1 to 100 words"));
  int64_t draw = 0;
  AddSentence(scope, *locale, words, &draw);
  return Status::OK();
}

// Sentences of 5 to 9 words, which word counts being always the same.
Status EmitParagraph(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  ARROW_ASSIGN_OR_RAISE(int64_t sentences, ReadCount(scope, "sentences", 4, kWordsMax,
                                                     "a paragraph has 1 to 100 sentences"));
  int64_t draw = 0;
  for (int64_t i = 0; i < sentences; ++i) {
    if (i > 0 && *locale->word_gap) scope.Add(Part::Text(locale->word_gap));
    AddSentence(scope, *locale, 5 + i * 3 % 5, &draw);
  }
  return Status::OK();
}

}  // namespace

std::span<const Provider> TextProviders() {
  static constexpr Provider kProviders[] = {
      {"word", kTextValue, "word tag keyword label", "locale",
       "a common word, of the column's lengths", EmitWord},
      {"words", kTextValue, "words tags keywords subject headline topic", "words, locale",
       "that many words (3)", EmitWords},
      {"sentence", kTextValue,
       "comment note notes remark remarks sentence reason message description summary "
       "shortdescription caption",
       "words, locale", "a sentence of that many words (6)", EmitSentence},
      {"paragraph", kTextValue,
       "paragraph biography bio body content longdescription article text "
       "review feedback",
       "sentences, locale", "that many sentences (4)", EmitParagraph},
      {"json", kTextValue, "json metadata payload attributes properties jsondata settings", "",
       "a JSON object with a text, a number and a boolean", EmitJson},
  };
  return kProviders;
}

}  // namespace tamis
