// The JSON Schema of pipeline files, for editors. Does not check files: pipeline.h does, and more
// strictly than a schema can.
#pragma once

#include "spec/node.h"

namespace tamis {

/// JSON Schema 2020-12 of a pipeline file; EmitJson writes it.
Node PipelineSchema();

}  // namespace tamis
