/// configuration.h: what a team wrote in plimsoll.yaml, checked and ready to use.
///
///   plimsoll.yaml + files it names ──load_configuration──▶ Configuration   or every Complaint at
///   once
///
/// A value. Nothing of it is read from the file again: what changed on the disk takes effect with
/// the next start.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "alert/channel.h"
#include "alert/owner.h"
#include "app/configuration/complaint.h"
#include "base/time.h"
#include "evaluate/check.h"
#include "evaluate/scorecard.h"
#include "interaction/gather.h"
#include "interaction/privacy/protection.h"
#include "wire/otlp.h"

namespace plimsoll::app {

using alert::Channel;
using alert::Owner;

/// What happens when a dimension gets worse.
struct AlertPolicy {
    bool page = false;      ///< Its owner's channels are used.
    double critical = 0.10;  ///< Of alert::DimensionPolicy.
};

/// What holds for all alerts.
struct AlertSettings {
    std::string page_url;  ///< Where people reach the page, without a slash at its end; "" for the
                           ///< address the server listens on.
    std::string owner;     ///< Of what belongs to no dimension; the first one if not said.
};

/// A judge, and the files it was read from.
struct JudgeSettings {
    std::shared_ptr<const evaluate::Judge> judge;
    std::string rubric_file;  ///< Path as written.
    std::string prompt_file;  ///< "" for the prompt that is built in.
};

/// Addresses are "host:port". Limits beside wire::Limits bound what the doors hold in memory.
struct ServerSettings {
    std::string grpc = "127.0.0.1:4317";
    std::string http = "127.0.0.1:4318";
    std::string page = "127.0.0.1:4320";
    std::size_t connections_max = 1024;
    std::size_t byte_budget = 256u << 20;
    std::chrono::milliseconds head_timeout{10'000};
    std::chrono::milliseconds body_timeout{300'000};
    std::chrono::milliseconds idle_timeout{120'000};
};

/// What is removed before anything is stored.
struct PrivacySettings {
    bool on = true;
    interaction::privacy::ProtectionOptions options;
    std::vector<std::pair<std::string, std::string>> patterns;  ///< Label and RE2, as written.
};

/// How series are watched for change.
struct WatchSettings {
    std::size_t false_pages_per_90_days = 1;  ///< Accepted in the whole deployment.
    std::size_t reference_weeks = 8;  ///< The first so many quiet weeks are what later ones are
                                      ///< compared with; watching begins after two.
    std::size_t slice_values = 5;     ///< Of each attribute, those with most sessions.
};

struct Configuration {
    evaluate::Scorecard scorecard;
    std::map<std::string, AlertPolicy> alerts;  ///< By dimension; one without has no alerts.
    AlertSettings alerting;
    std::vector<Owner> owners;  ///< In the order of the file.
    std::map<std::string, Channel> channels;
    std::map<std::string, JudgeSettings> judges;
    std::optional<double> judges_usd_per_day;  ///< All judges together; nullopt: no limit.
    std::vector<std::string> slices;           ///< Attributes to slice by.
    WatchSettings watch;

    PrivacySettings privacy;
    ServerSettings server;
    wire::Limits wire_limits;
    interaction::GatherOptions gather;
    std::size_t journal_disk_reserve_bytes = 512u << 20;
    std::size_t facts_memory_bytes = 512u << 20;

    /// Content hash of what can change a verdict, a finding or who is told: everything but server,
    /// limits, journal and facts, which differ from machine to machine without changing a record.
    std::string version;
    /// The whole configuration with every default written out, as YAML that loads to the same.
    /// Files it names stand in it with the content version they had.
    std::string effective_text;
    /// What the files it names held: path as written → content.
    std::map<std::string, std::string> files;
};

/// Its evaluators as a configuration that loads by itself, for a bundle: nobody's name, no channel
/// and no address of ours is in it.
std::string evaluation_text(Configuration configuration);

struct Loaded {
    Configuration configuration;
    std::vector<Complaint> warnings;
};

/// The complaints are all that is wrong, by line. `file` is how complaints call the text; paths in
/// it are read through `files`, relative ones from the folder of `file`.
using LoadResult = std::variant<Loaded, std::vector<Complaint>>;
LoadResult load_configuration(const std::string& file, const evaluate::Files& files);
LoadResult read_configuration(const std::string& text, const std::string& file,
                              const evaluate::Files& files);

/// What holds without --config: format, tool calls, latency and cost with generous budgets.
std::string_view default_configuration_text();
Loaded default_configuration();

/// Who of `owner` is on call at `time`: turns of Owner::every from Owner::starts on; the first
/// person before that. "" if there is no such owner.
std::string on_call(const Configuration& configuration, const std::string& owner, UnixNanos time);

}  // namespace plimsoll::app
