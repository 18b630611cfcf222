// tamis ddl: table definitions to contracts, contracts to table definitions, one dialect to
// another.
#include "ddl/ddl.h"

#include <cstdio>

#include "base/source_text.h"
#include "cli/command.h"
#include "contract/odcs.h"
#include "dataset/file_output.h"
#include "ops/provider.h"
#include "spec/emit.h"
#include "storage/storage.h"

namespace tamis {
namespace {

struct DdlFlags {
  std::string path;
  std::string dialect = "auto";
  std::string to = "contract";
  std::string out = "-";
  bool keep_going = false;
};

/// What was read, and what there is to say about it.
struct DdlInput {
  Contract contract;
  std::string dialect;  // "" for a contract
  std::string reason;
  std::vector<DdlMessage> warnings;
  std::vector<DdlMessage> not_used;
  std::vector<Status> errors;
};

bool IsContract(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

Result<std::shared_ptr<const SourceText>> ReadInput(const std::string& path) {
  if (path != "-") return ReadSourceText(path);
  ARROW_ASSIGN_OR_RAISE(auto source, ReadSourceText("/dev/stdin"));
  return std::make_shared<const SourceText>(SourceText{"-", source->text});
}

Result<DdlInput> Read(const DdlFlags& flags) {
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<const SourceText> source, ReadInput(flags.path));
  DdlInput input;
  if (IsContract(flags.path)) {
    ARROW_ASSIGN_OR_RAISE(input.contract, ParseContract(source));
    for (const std::string& warning : input.contract.warnings) {
      input.warnings.push_back(DdlMessage{Place{}, warning});
    }
    return input;
  }
  ARROW_ASSIGN_OR_RAISE(ParsedDdl parsed, ParseDdl(source, flags.dialect));
  input.contract = std::move(parsed.contract);
  input.dialect = std::move(parsed.dialect);
  input.reason = std::move(parsed.reason);
  input.warnings = std::move(parsed.warnings);
  input.not_used = std::move(parsed.not_used);
  input.errors = std::move(parsed.errors);
  return input;
}

/// `contract`, `fields`, or a dialect.
Status CheckTarget(const std::string& to) {
  if (to == "contract" || to == "fields") return Status::OK();
  const auto printed = PrintDdl(Contract(), to);
  if (printed.ok()) return Status::OK();
  return UsageError("--to: " + printed.status().message(),
                    "known: contract, fields and the dialects: tamis ddl --help lists them");
}

std::string GeneratorOf(const Column& column) {
  const auto choice = ChooseProvider(column);
  return choice.ok() && choice->provider ? choice->provider->name : "";
}

/// The text that --to asks for.
Result<std::string> Convert(const DdlFlags& flags, DdlInput* input) {
  if (input->contract.tables.empty()) return std::string();
  if (flags.to == "contract") return WriteContract(input->contract);
  if (flags.to == "fields") return WriteFields(input->contract, GeneratorOf);
  ARROW_ASSIGN_OR_RAISE(PrintedDdl printed, PrintDdl(input->contract, flags.to));
  input->warnings.insert(input->warnings.end(), printed.warnings.begin(), printed.warnings.end());
  return std::move(printed.text);
}

Status Write(const std::string& path, const std::string& text) {
  ARROW_ASSIGN_OR_RAISE(auto output, FileOutput::Open(LocalStorage(), path, MakeRunId()));
  ARROW_RETURN_NOT_OK(output->file().Append(text));
  return output->Commit();
}

void PutMessages(Node* list, const char* property, const std::vector<DdlMessage>& messages) {
  if (messages.empty()) return;
  Node values = MakeSequence();
  for (const DdlMessage& message : messages) values.items.push_back(MakeText(message.ToString()));
  Node item = MakeMapping();
  Put(&item, "property", MakeText(property));
  Put(&item, "value", std::move(values));
  list->items.push_back(std::move(item));
}

/// A contract that was read may have custom properties of its own.
void AddCustomProperties(Node custom, Node* document) {
  for (auto& [key, value] : document->entries) {
    if (key.scalar != "customProperties") continue;
    value.items.insert(value.items.end(), custom.items.begin(), custom.items.end());
    return;
  }
  Put(document, "customProperties", std::move(custom));
}

/// A list of one ODCS document, whose custom properties hold the messages.
std::string Json(const DdlInput& input) {
  Node custom = MakeSequence();
  if (!input.dialect.empty()) {
    Node item = MakeMapping();
    Put(&item, "property", MakeText("ddlDialect"));
    Put(&item, "value", MakeText(input.dialect));
    custom.items.push_back(std::move(item));
  }
  PutMessages(&custom, "ddlWarnings", input.warnings);
  PutMessages(&custom, "ddlNotUsed", input.not_used);
  std::vector<DdlMessage> errors;
  for (const Status& error : input.errors) {
    const std::string text = FormatError(error);
    errors.push_back(DdlMessage{Place{}, text.substr(0, text.find('\n'))});
  }
  PutMessages(&custom, "ddlErrors", errors);
  Node document = ContractNode(input.contract);
  if (!custom.items.empty()) AddCustomProperties(std::move(custom), &document);
  return EmitJson(MakeSequence({std::move(document)})) + "\n";
}

void Say(const Session& session, const DdlFlags& flags, const DdlInput& input) {
  if (session.flags().quiet) return;
  if (!input.reason.empty()) {
    std::fprintf(stderr, "dialect: %s (%s)\n", input.dialect.c_str(), input.reason.c_str());
  }
  for (const DdlMessage& message : input.not_used) {
    std::fprintf(stderr, "not used: %s\n", message.ToString().c_str());
  }
  for (const DdlMessage& message : input.warnings) {
    std::fprintf(stderr, "warning: %s\n", message.ToString().c_str());
  }
  if (input.errors.size() > 1 && !flags.keep_going) {
    const size_t count = input.errors.size() - 1;
    std::fprintf(stderr, "%zu more error%s, which --keep-going lists\n", count,
                 count == 1 ? "" : "s");
  }
}

int RunDdl(Session& session, const DdlFlags& flags) {
  const Status known = CheckTarget(flags.to);
  if (!known.ok()) return session.Fail("ddl", known);
  auto input = Read(flags);
  if (!input.ok()) return session.Fail("ddl", input.status());
  int exit_code = 0;
  const bool printing = input->errors.empty() || flags.keep_going;
  Result<std::string> text = printing ? Convert(flags, &*input) : std::string();
  for (const Status& error : input->errors) {
    exit_code = session.PrintError("ddl", error);  // the object lists them all
    if (!flags.keep_going) break;
  }
  Say(session, flags, *input);
  if (!text.ok()) return session.Fail("ddl", text.status());
  // With --json the documents stand on standard output, and -o still gets what --to asks for.
  if (session.flags().json) {
    std::fputs((printing ? Json(*input) : std::string("[]\n")).c_str(), stdout);
  }
  const bool to_stdout = flags.out == "-";
  if (!printing || (session.flags().json && to_stdout)) return exit_code;
  const Status written = Write(flags.out, *text);
  return written.ok() ? exit_code : session.Fail("ddl", written);
}

}  // namespace

void AddDdl(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("ddl", "Turn table definitions into contracts, and back");
  auto flags = std::make_shared<DdlFlags>();
  command->add_option("FILE", flags->path, "DDL, or a contract (*.yaml); - is standard input")
      ->required();
  std::string names;
  for (const std::string& name : DdlDialectNames()) names += (names.empty() ? "" : ", ") + name;
  command->add_option("--dialect", flags->dialect, "auto, or one of: " + names)->type_name("D");
  command->add_option("--to", flags->to, "contract, fields, or a dialect (default: contract)")
      ->type_name("FORM");
  command->add_option("-o,--out", flags->out, "Where to write it (default: standard output)")
      ->type_name("PATH");
  command->add_flag("--keep-going", flags->keep_going,
                    "List all errors and print what could be read");
  command->callback(
      [flags, action] { *action = [flags](Session& session) { return RunDdl(session, *flags); }; });
}

}  // namespace tamis
