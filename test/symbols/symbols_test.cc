// Proves that hidden static OpenSSL and RE2 live in one process with Arrow's own copies of them.
// Does not test tamis itself: a failure here means that the link order or visibility broke.
#include <arrow/api.h>
#include <arrow/compute/api.h>
#include <arrow/compute/initialize.h>
#include <arrow/io/memory.h>
#include <arrow/util/secure_string.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>
#include <parquet/encryption/encryption.h>
#include <parquet/properties.h>
#include <re2/re2.h>

#include <memory>
#include <string>

namespace {

struct OpenSslDelete {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* connection) const { SSL_free(connection); }
};
template <typename T>
using Owned = std::unique_ptr<T, OpenSslDelete>;

Owned<X509> SelfSigned(EVP_PKEY* key) {
  Owned<X509> certificate(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* text = reinterpret_cast<const unsigned char*>("tamis.test");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) certificate.reset();
  return certificate;
}

/// Does a TLS handshake in memory and sends `message` from the client to the server.
std::string SendByTls(const std::string& message) {
  Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
  Owned<X509> certificate = SelfSigned(key.get());
  Owned<SSL_CTX> server_context(SSL_CTX_new(TLS_server_method()));
  Owned<SSL_CTX> client_context(SSL_CTX_new(TLS_client_method()));
  if (!server_context || !client_context || !certificate) return "no context";
  SSL_CTX_use_certificate(server_context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(server_context.get(), key.get());
  X509_STORE_add_cert(SSL_CTX_get_cert_store(client_context.get()), certificate.get());
  SSL_CTX_set_verify(client_context.get(), SSL_VERIFY_PEER, nullptr);

  Owned<SSL> server(SSL_new(server_context.get()));
  Owned<SSL> client(SSL_new(client_context.get()));
  SSL_set1_host(client.get(), "tamis.test");
  BIO* server_side = nullptr;
  BIO* client_side = nullptr;
  BIO_new_bio_pair(&server_side, 0, &client_side, 0);
  SSL_set_bio(server.get(), server_side, server_side);
  SSL_set_bio(client.get(), client_side, client_side);
  SSL_set_accept_state(server.get());
  SSL_set_connect_state(client.get());
  for (int turn = 0; turn < 20 && !SSL_is_init_finished(server.get()); ++turn) {
    SSL_do_handshake(client.get());
    SSL_do_handshake(server.get());
  }
  SSL_do_handshake(client.get());
  if (SSL_write(client.get(), message.data(), static_cast<int>(message.size())) <= 0) {
    return "not sent";
  }
  std::string received(message.size(), '\0');
  const int size = SSL_read(server.get(), received.data(), static_cast<int>(received.size()));
  return size > 0 ? received.substr(0, static_cast<size_t>(size)) : "not received";
}

std::shared_ptr<arrow::Table> Names() {
  arrow::StringBuilder builder;
  EXPECT_TRUE(builder.AppendValues({"Ada", "Grace", "Edsger"}).ok());
  auto names = builder.Finish();
  return arrow::Table::Make(arrow::schema({arrow::field("name", arrow::utf8())}), {*names});
}

const arrow::util::SecureString& ParquetKey() {
  static const arrow::util::SecureString key(std::string("0123456789abcdef"));
  return key;
}

arrow::Result<std::shared_ptr<arrow::Buffer>> WriteEncrypted(const arrow::Table& table) {
  ARROW_ASSIGN_OR_RAISE(auto out, arrow::io::BufferOutputStream::Create());
  parquet::WriterProperties::Builder properties;
  properties.encryption(parquet::FileEncryptionProperties::Builder(ParquetKey()).build());
  ARROW_RETURN_NOT_OK(parquet::arrow::WriteTable(table, arrow::default_memory_pool(), out, 1024,
                                                 properties.build()));
  return out->Finish();
}

arrow::Result<std::shared_ptr<arrow::Table>> ReadEncrypted(std::shared_ptr<arrow::Buffer> bytes) {
  parquet::FileDecryptionProperties::Builder key;
  key.footer_key(ParquetKey());
  parquet::ReaderProperties properties;
  properties.file_decryption_properties(key.build());
  parquet::arrow::FileReaderBuilder builder;
  ARROW_RETURN_NOT_OK(
      builder.Open(std::make_shared<arrow::io::BufferReader>(std::move(bytes)), properties));
  ARROW_ASSIGN_OR_RAISE(auto reader, builder.Build());
  return reader->ReadTable();
}

/// Counts the names that match, once by our RE2 and once by the RE2 inside Arrow's kernels.
void ExpectBothRegexesMatch(const arrow::Table& table) {
  EXPECT_TRUE(RE2::FullMatch("Grace", "^(?i)gr[a-e]+$"));
  std::string year;
  EXPECT_TRUE(RE2::PartialMatch("born 1815-12-10", "([0-9]{4})-", &year));
  EXPECT_EQ(year, "1815");
  ASSERT_TRUE(arrow::compute::Initialize().ok());
  const arrow::compute::MatchSubstringOptions options("^(?i)gr[a-e]+$");
  auto matched = arrow::compute::CallFunction("match_substring_regex",
                                              {arrow::Datum(table.column(0))}, &options);
  ASSERT_TRUE(matched.ok()) << matched.status();
  auto count = arrow::compute::Sum(*matched);
  ASSERT_TRUE(count.ok()) << count.status();
  EXPECT_EQ(count->scalar_as<arrow::UInt64Scalar>().value, 1U);
}

TEST(Symbols, TlsAndEncryptedParquetAndRegexInOneProcess) {
  const auto table = Names();
  EXPECT_EQ(SendByTls("first"), "first") << ERR_reason_error_string(ERR_get_error());
  auto bytes = WriteEncrypted(*table);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ((*bytes)->ToString().find("Edsger"), std::string::npos);
  auto back = ReadEncrypted(*bytes);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_TRUE((*back)->Equals(*table));
  ExpectBothRegexesMatch(*table);
  // Once more after Arrow's own OpenSSL was set up: the order must not matter.
  EXPECT_EQ(SendByTls("second"), "second") << ERR_reason_error_string(ERR_get_error());
}

TEST(Symbols, AWrongKeyDoesNotReadTheFile) {
  auto bytes = WriteEncrypted(*Names());
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  parquet::arrow::FileReaderBuilder builder;
  EXPECT_FALSE(builder.Open(std::make_shared<arrow::io::BufferReader>(*bytes)).ok());
}

TEST(Symbols, OurOpenSslIsDebiansNotArrows) {
  EXPECT_EQ(OpenSSL_version_num(), static_cast<unsigned long>(OPENSSL_VERSION_NUMBER));
}

}  // namespace
