#include <benchmark/benchmark.h>
#include <libdeflate.h>
#include <zstd.h>

#include "wire/corpus_for_bench.h"
#include "wire/inflate.h"

namespace plimsoll::wire {
namespace {

std::string gzip(const std::string& body) {
    libdeflate_compressor* const compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(compressor, body.size()), '\0');
    out.resize(
        libdeflate_gzip_compress(compressor, body.data(), body.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string zstd(const std::string& body) {
    std::string out(ZSTD_compressBound(body.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), body.data(), body.size(), 3));
    return out;
}

std::string body() {
    return outgoing::to_otlp(Corpus().fat());
}

void count(benchmark::State& state) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body().size()));
}

void ours(benchmark::State& state, const std::string& compressed, Compression compression) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(inflate(compressed, compression, 64u << 20));
    }
    count(state);
}
void gzip_ours(benchmark::State& state) {
    ours(state, gzip(body()), Compression::gzip);
}
void zstd_ours(benchmark::State& state) {
    ours(state, zstd(body()), Compression::zstd);
}

/// What the library does when it is told the size beforehand and given a buffer that is warm.
void gzip_library(benchmark::State& state) {
    const std::string compressed = gzip(body());
    std::string out(body().size(), '\0');
    libdeflate_decompressor* const decompressor = libdeflate_alloc_decompressor();
    for (auto _ : state) {
        libdeflate_gzip_decompress(decompressor, compressed.data(), compressed.size(), out.data(),
                                   out.size(), nullptr);
    }
    libdeflate_free_decompressor(decompressor);
    count(state);
}
void zstd_library(benchmark::State& state) {
    const std::string compressed = zstd(body());
    std::string out(body().size(), '\0');
    ZSTD_DCtx* const context = ZSTD_createDCtx();
    for (auto _ : state) {
        ZSTD_decompressDCtx(context, out.data(), out.size(), compressed.data(), compressed.size());
    }
    ZSTD_freeDCtx(context);
    count(state);
}

BENCHMARK(gzip_ours);
BENCHMARK(gzip_library);
BENCHMARK(zstd_ours);
BENCHMARK(zstd_library);

}  // namespace
}  // namespace plimsoll::wire
