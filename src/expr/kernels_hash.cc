// Digests and hashes over whole columns.
#include <openssl/evp.h>
#define XXH_INLINE_ALL  // only its header: libxxhash itself is not linked
#include <xxhash.h>

#include <memory>

#include "expr/functions.h"
#include "expr/value.h"

namespace tamis {
namespace {

Result<Vector> HexDigests(const KernelCall& call, const EVP_MD* kind) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  TextView texts(call.arguments[0]);
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                  EVP_MD_CTX_free);
  unsigned char digest[EVP_MAX_MD_SIZE];
  return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
    std::string_view text = texts[row];
    unsigned int size = 0;
    if (!context || !EVP_DigestInit_ex(context.get(), kind, nullptr) ||
        !EVP_DigestUpdate(context.get(), text.data(), text.size()) ||
        !EVP_DigestFinal_ex(context.get(), digest, &size)) {
      return call.Error(call.node.name + "() is switched off in this system's OpenSSL");
    }
    ARROW_ASSIGN_OR_RAISE(char* room, out->Room(2 * static_cast<int64_t>(size)));
    for (unsigned int i = 0; i < size; ++i) {
      room[2 * i] = "0123456789abcdef"[digest[i] >> 4];
      room[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out->Finish(2 * static_cast<int64_t>(size));
    return Status::OK();
  });
}

uint64_t HashBytes(const void* bytes, size_t size, uint64_t seed) {
  return XXH64(bytes, size, seed);
}

// Spark hashes booleans and integers up to 32 bits, dates too, as 4 bytes; others as 8; a double's
// bits with -0 as 0; a decimal of up to 18 digits as its unscaled 8 bytes, a larger one as the
// shortest big-endian two's complement bytes. NULL leaves the seed.
template <typename Hash>
void HashRows(const Vector& vector, std::vector<uint64_t>* hashes, Hash hash) {
  ValidityView valid(vector);
  for (size_t row = 0; row < hashes->size(); ++row) {
    auto at = static_cast<int64_t>(row);
    if (valid.valid(at)) (*hashes)[row] = hash(at, (*hashes)[row]);
  }
}

template <typename T>
uint64_t HashValue(T value, uint64_t seed) {
  return HashBytes(&value, sizeof(value), seed);
}

uint64_t HashLargeDecimal(__int128 value, uint64_t seed) {
  unsigned char bytes[16];
  size_t size = 16;
  for (size_t i = 0; i < 16; ++i) bytes[15 - i] = static_cast<unsigned char>(value >> (8 * i));
  size_t first = 0;
  auto redundant = [&](size_t i) {
    bool next_negative = bytes[i + 1] & 0x80;
    return (bytes[i] == 0 && !next_negative) || (bytes[i] == 0xFF && next_negative);
  };
  while (first + 1 < size && redundant(first)) ++first;
  return HashBytes(bytes + first, size - first, seed);
}

Status HashVector(const KernelCall& call, size_t index, std::vector<uint64_t>* hashes) {
  const Vector& vector = call.arguments[index];
  const arrow::DataType& type = call.ArgumentType(index);
  switch (vector.kind) {
    case Kind::kBool: {
      BoolView values(vector);
      HashRows(vector, hashes, [&](int64_t row, uint64_t seed) {
        return HashValue<int32_t>(values[row] ? 1 : 0, seed);
      });
      return Status::OK();
    }
    case Kind::kInt: {
      NumberView<int64_t> values(vector);
      bool wide = type.id() == arrow::Type::INT64;
      HashRows(vector, hashes, [&](int64_t row, uint64_t seed) {
        return wide ? HashValue<int64_t>(values[row], seed)
                    : HashValue<int32_t>(static_cast<int32_t>(values[row]), seed);
      });
      return Status::OK();
    }
    case Kind::kDouble: {
      NumberView<double> values(vector);
      bool wide = type.id() == arrow::Type::DOUBLE;
      HashRows(vector, hashes, [&](int64_t row, uint64_t seed) {
        double value = values[row] == 0 ? 0.0 : values[row];
        return wide ? HashValue<double>(value, seed)
                    : HashValue<float>(static_cast<float>(value), seed);
      });
      return Status::OK();
    }
    case Kind::kDecimal: {
      NumberView<__int128> values(vector);
      bool small = static_cast<const arrow::Decimal128Type&>(type).precision() <= 18;
      HashRows(vector, hashes, [&](int64_t row, uint64_t seed) {
        return small ? HashValue<int64_t>(static_cast<int64_t>(values[row]), seed)
                     : HashLargeDecimal(values[row], seed);
      });
      return Status::OK();
    }
    case Kind::kText: {
      TextView values(vector);
      HashRows(vector, hashes, [&](int64_t row, uint64_t seed) {
        return HashBytes(values[row].data(), values[row].size(), seed);
      });
      return Status::OK();
    }
    case Kind::kDate: {
      NumberView<int32_t> values(vector);
      HashRows(vector, hashes,
               [&](int64_t row, uint64_t seed) { return HashValue<int32_t>(values[row], seed); });
      return Status::OK();
    }
    case Kind::kTimestamp: {
      NumberView<int64_t> values(vector);
      HashRows(vector, hashes,
               [&](int64_t row, uint64_t seed) { return HashValue<int64_t>(values[row], seed); });
      return Status::OK();
    }
    default:
      return call.Error("xxhash64() of " + type.ToString() + " is not defined");
  }
}

}  // namespace

Result<Vector> Md5Kernel(const KernelCall& call) { return HexDigests(call, EVP_md5()); }
Result<Vector> Sha256Kernel(const KernelCall& call) { return HexDigests(call, EVP_sha256()); }

Result<Vector> Xxhash64Kernel(const KernelCall& call) {
  std::vector<uint64_t> hashes(static_cast<size_t>(call.length), 42);
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    ARROW_RETURN_NOT_OK(HashVector(call, i, &hashes));
  }
  return MapNumbers<int64_t>(arrow::int64(), call.length, nullptr, [&](int64_t row) {
    return static_cast<int64_t>(hashes[static_cast<size_t>(row)]);
  });
}

}  // namespace tamis
