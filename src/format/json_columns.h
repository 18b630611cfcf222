// JSON values to Arrow columns: reads a value where a cursor stands, one slot a value. Does not
// split lines. Private to jsonl_source.
#pragma once

#include <arrow/array.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/source.h"
#include "text/json_cursor.h"
#include "text/zone.h"

namespace tamis {

/// What columns of one source have in common.
struct JsonRules {
  std::shared_ptr<const TimeZone> naive_zone;  // of a timestamp without zone or offset
  ExtraMembers extra = ExtraMembers::kWarn;
  bool takes_any = false;        // no contract gives the columns types
  bool dictionary_text = false;  // of outermost columns where values repeat
};

/// One record that is being read, and what is wrong with it.
class JsonReading {
 public:
  JsonReading(std::string_view line, int32_t row, bool check_utf8, std::vector<CellIssue>* issues)
      : cursor(line), row_(row), check_utf8_(check_utf8), issues_(issues) {}

  JsonCursor cursor;
  std::string scratch;  // a text without its escapes

  /// Whether the line has bytes that are no UTF-8, so that each text must be looked at.
  bool check_utf8() const { return check_utf8_; }

  void EnterColumn(int32_t column) { column_ = column; }
  void EnterMember(const std::string* name) { path_.push_back({name, 0}); }
  void EnterItem(int64_t index) { path_.push_back({nullptr, index}); }
  void Leave() { path_.pop_back(); }

  /// Something is wrong with the value at hand.
  void AddIssue(Rule rule, const std::string& detail = {});
  /// Something is wrong with a member of the object at hand that has no column.
  void AddMemberIssue(Rule rule, std::string_view name);
  /// `data.items[3].` and the name.
  std::string PathTo(std::string_view name) const;

 private:
  struct Step {
    const std::string* name;
    int64_t index;
  };

  int32_t row_;
  int32_t column_ = -1;
  bool check_utf8_;
  std::vector<Step> path_;
  std::vector<CellIssue>* issues_;
};

/// The values of one column of a chunk.
class JsonColumn {
 public:
  virtual ~JsonColumn() = default;
  /// Reads the value at the cursor into a new slot; a value of the wrong kind is NULL and an issue.
  /// False if the text is no JSON: then the number of slots means nothing before Truncate.
  virtual bool Read(JsonReading* reading) = 0;
  /// The same for the name of a map's member. Only of columns that keys may have.
  virtual void ReadName(std::string_view name, JsonReading* reading) = 0;
  virtual void AddNull() = 0;
  virtual void Truncate(size_t slots) = 0;
  virtual size_t slots() const = 0;
  /// Hands the values over; the column is empty again.
  virtual Result<std::shared_ptr<arrow::ArrayData>> Finish() = 0;
};

/// The members of an object, each with its column.
class JsonMembers {
 public:
  /// `is_record`: the members are the table's columns. UsageErrorAt a column whose type JSON lines
  /// don't have.
  static Result<JsonMembers> Make(const std::vector<Column>& columns, bool is_record,
                                  std::shared_ptr<const JsonRules> rules);

  /// Reads the object whose brace stands at the cursor into one slot of each column. False as Read.
  bool Read(JsonReading* reading);
  void AddNull();
  void Truncate(size_t slots);
  Result<std::vector<std::shared_ptr<arrow::ArrayData>>> Finish();

  /// Members that no column takes, and in how many records: their paths.
  void AddExtras(const std::string& path, std::map<std::string, int64_t>* extras) const;

 private:
  struct Member {
    std::string name;
    std::string quoted;  // as most writers write it, with its quotes and the colon
    std::unique_ptr<JsonColumn> column;
    uint64_t seen = 0;  // the number of the object that had it last
  };

  bool ReadMember(JsonReading* reading, size_t* expected);
  bool ReadExtra(JsonReading* reading, std::string_view name);
  size_t Find(std::string_view name, size_t expected) const;

  std::vector<Member> members_;
  bool is_record_ = false;
  uint64_t objects_ = 0;
  std::shared_ptr<const JsonRules> rules_;
  std::map<std::string, int64_t, std::less<>> extras_;
};

}  // namespace tamis
