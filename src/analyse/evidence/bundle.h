/// bundle.h: the proof of a finding as a folder of files: what it is made of, and whether every
/// byte of it is still what it was.
///
///   manifest.json        format, digest of every file, of the whole
///   finding.json         what was said
///   tuple.json           versions before and after, with their counts
///   interactions.jsonl   what the figure rests on: scores, weights, redacted content
///   inputs.jsonl         the questions of the time before, for a candidate to answer
///   replies.jsonl        what judges answered, byte for byte
///   configuration.yaml   evaluators, and files.json: which file holds which path it names
///   expected.json        the figure, to the last bit
///
/// The same finding on the same data gives the same bytes on any machine: nothing of the clock, the
/// machine or its folders is in it. docs/evidence.md is its dictionary.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"

namespace plimsoll::analyse {

inline constexpr std::int64_t bundle_format = 1;

/// Name → bytes; folders in names end in '/'.
using BundleFiles = std::map<std::string, std::string>;

/// SHA-256 over "<sha256>  <name>\n" of every file but the manifest, in the order of their names:
/// what `sha256sum` prints.
std::string bundle_digest(const BundleFiles& files);

/// Puts manifest.json in.
void seal_bundle(BundleFiles& files, const std::string& made_by);

/// The digest, if every file is there, is what the manifest says, and nothing else is; else the
/// Error names the first that is not.
Result<std::string> check_bundle(const BundleFiles& files);

}  // namespace plimsoll::analyse
