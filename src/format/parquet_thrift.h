// Writes Thrift's compact protocol, as far as Parquet needs it. Does not read it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tamis {

/// Appends one struct after another to a string. Fields must be written in ascending order of their
/// numbers (the short form of field headers; gaps of more than 15 take the long form).
/// Source: apache/thrift, doc/specs/thrift-compact-protocol.md.
class ThriftWriter {
 public:
  explicit ThriftWriter(std::string* out) : out_(out) {}

  void BeginStruct() { last_ids_.push_back(0); }
  void EndStruct() {
    out_->push_back(0);
    last_ids_.pop_back();
  }

  void Bool(int id, bool value) { Header(id, value ? kTrue : kFalse); }
  void I8(int id, int8_t value) {
    Header(id, kI8);
    out_->push_back(static_cast<char>(value));
  }
  void I32(int id, int32_t value) {
    Header(id, kI32);
    ZigZag(value);
  }
  void I64(int id, int64_t value) {
    Header(id, kI64);
    ZigZag(value);
  }
  void Binary(int id, std::string_view bytes) {
    Header(id, kBinary);
    BinaryElement(bytes);
  }
  /// Opens a struct that is field `id`; EndStruct closes it.
  void BeginField(int id) {
    Header(id, kStruct);
    BeginStruct();
  }
  /// A struct without fields, such as a member of a union.
  void EmptyStruct(int id) {
    BeginField(id);
    EndStruct();
  }
  void ListOfStructs(int id, size_t size) { ListHeader(id, kStruct, size); }
  void ListOfBinary(int id, size_t size) { ListHeader(id, kBinary, size); }
  void ListOfI32(int id, size_t size) { ListHeader(id, kI32, size); }
  /// A list whose bytes (its own header included) were made before.
  void EncodedList(int id, std::string_view bytes) {
    Header(id, kList);
    out_->append(bytes);
  }
  /// The header of a list outside of a struct: the start of what EncodedList takes.
  void StructListStart(size_t size) { ListStart(kStruct, size); }

  void I32Element(int32_t value) { ZigZag(value); }
  void BinaryElement(std::string_view bytes) {
    Varint(bytes.size());
    out_->append(bytes);
  }

 private:
  enum Type : uint8_t {
    kTrue = 1,
    kFalse = 2,
    kI8 = 3,
    kI32 = 5,
    kI64 = 6,
    kBinary = 8,
    kList = 9,
    kStruct = 12,
  };

  void Header(int id, Type type) {
    int delta = id - last_ids_.back();
    last_ids_.back() = id;
    if (delta > 0 && delta <= 15) {
      out_->push_back(static_cast<char>((delta << 4) | type));
    } else {
      out_->push_back(static_cast<char>(type));
      ZigZag(id);
    }
  }
  void ListHeader(int id, Type type, size_t size) {
    Header(id, kList);
    ListStart(type, size);
  }
  void ListStart(Type type, size_t size) {
    if (size < 15) {
      out_->push_back(static_cast<char>((size << 4) | type));
    } else {
      out_->push_back(static_cast<char>(0xF0 | type));
      Varint(size);
    }
  }
  void ZigZag(int64_t value) {
    Varint((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
  }
  void Varint(uint64_t value) {
    while (value >= 0x80) {
      out_->push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    out_->push_back(static_cast<char>(value));
  }

  std::string* out_;
  std::vector<int> last_ids_;
};

}  // namespace tamis
