// The types of a contract: logicalType and physicalType onto Arrow types. Does not type values.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"

namespace tamis {

/// What a physicalType means.
struct PhysicalType {
  std::shared_ptr<arrow::DataType> type;  // null for struct, array and map without their parts
  std::string logical_type;               // the ODCS logicalType that it implies
  std::optional<int64_t> length;          // of varchar(n), char(n), varbinary(n)
  std::string format;                     // uuid for a uuid
};

/// Parses a physicalType as databases and Spark spell it, in any letter case: bigint,
/// decimal(10,2), varchar(20), timestamp_ntz, array<string>, struct<a: int, b: string>,
/// map<string, int>, ... docs/contract.md lists them. UsageError at `place` when it is unknown or
/// its numbers are out of range.
Result<PhysicalType> ParsePhysicalType(std::string_view text, const Place& place);

/// The Arrow type of a logicalType without a physicalType: integer is int64, number is double,
/// timestamp is timestamp[us, UTC], time is time64[us]; null for object, array, map and vector,
/// whose parts decide.
std::shared_ptr<arrow::DataType> DefaultType(std::string_view logical_type);

/// Whether a column of `logical_type` may be stored as `physical`: integer as bigint or decimal(9),
/// number as any number, string as text or binary, object as struct or map, ...
bool TypesAgree(std::string_view logical_type, const PhysicalType& physical);

/// The physicalType that tamis writes for an Arrow type, such that ParsePhysicalType reads it back.
std::string PhysicalTypeName(const arrow::DataType& type);

/// The logicalType (of ODCS 3.1) that tamis writes for an Arrow type.
std::string LogicalTypeName(const arrow::DataType& type);

}  // namespace tamis
