// What the files of a dataset have in common, and whether new files fit to those that are there.
// Does not read rows.
#pragma once

#include <arrow/type.h>

#include <memory>
#include <string>

#include "base/status.h"
#include "dataset/publish.h"
#include "plan/plan.h"
#include "storage/storage.h"

namespace tamis {

/// The schema of files in `format` that hold `columns`, in the folders of `write`. Types are named
/// by what a reader gets: a dictionary by its values, large types by the small ones.
DatasetSchema DescribeDataset(const WriteSpec& write, const std::string& format,
                              const arrow::Schema& columns);

/// UsageError, naming the first difference, if files of schema `added` would not make one table
/// with those that are there: what the manifest says of them (or one of them, where it says
/// nothing), and one file that tamis did not write. DataError or IoError if that can't be read.
Status CheckFits(const std::shared_ptr<Storage>& storage, const WriteSpec& write,
                 const DatasetSchema& added, const Transaction& transaction);

}  // namespace tamis
