/// section_reader.h: takes values out of a YAML tree and collects all that is wrong on the way.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/configuration/configuration.h"
#include "app/configuration/yaml_tree.h"
#include "evaluate/check.h"

namespace plimsoll::app {

/// Reads files as the configuration names them, and remembers what they held.
class NamedFiles : public evaluate::Files {
  public:
    /// `folder`: what relative paths are relative to; "" for where the process stands.
    NamedFiles(const evaluate::Files& files, std::string folder)
        : files_(files), folder_(std::move(folder)) {}
    Result<std::string> read(std::string_view path) const override;

    /// Path as written → content version of what was read.
    std::map<std::string, std::string> take_versions() { return std::move(versions_); }
    /// Path as written → content, of all that was read.
    std::map<std::string, std::string> take_contents() { return std::move(contents_); }

  private:
    const evaluate::Files& files_;
    const std::string folder_;
    // One thread reads a configuration.
    mutable std::map<std::string, std::string> versions_, contents_;
};

class SectionReader {
  public:
    SectionReader(std::string file, const evaluate::Files& files, std::string folder)
        : files(files, std::move(folder)), file_(std::move(file)) {}

    void complain(Mark mark, std::string what, std::string mend = "");
    void warn(Mark mark, std::string what, std::string mend = "");

    /// The members of a group; complains and gives none if `node` is something else. `what` names
    /// the group: "dimension `format`".
    const std::vector<YamlMember>& group(const YamlNode& node, std::string_view what);
    /// As group(), and every key must be one of `section` (options.h) or of `also`.
    const std::vector<YamlMember>& section(const YamlNode& node, std::string_view section,
                                           std::string_view what,
                                           const std::vector<std::string_view>& also = {});
    /// A member that must be there.
    const YamlNode* required(const YamlNode& group, std::string_view key, std::string_view what,
                             std::string mend);

    /// Text that is not empty.
    std::optional<std::string> text(const YamlNode& node, std::string_view what);
    std::optional<std::chrono::milliseconds> duration(const YamlNode& node, std::string_view what);
    std::optional<double> number(const YamlNode& node, std::string_view what);
    /// A list of texts, none twice; one text alone is a list of one.
    std::vector<std::string> texts(const YamlNode& node, std::string_view what);
    /// A text that is one of `words`.
    std::optional<std::string> one_of(const YamlNode& node, std::string_view what,
                                      const std::vector<std::string_view>& words);
    /// A name that the team chose: letters, digits, "_", "-", "." and spaces, 64 at most.
    bool name(const std::string& name, Mark mark, std::string_view what);

    NamedFiles files;
    std::map<std::string, std::string> file_versions;  ///< Of all files read so far.
    std::vector<Complaint> complaints;
    std::vector<Complaint> warnings;

  private:
    std::string file_;
};

/// "Did you mean `owner`?", or else what there is: "It may hold says, owner."
std::string suggestion(std::string_view word, const std::vector<std::string_view>& known);

// The sections, each in a file of its own. They read what they understand and complain of the rest.
void read_channels(SectionReader& read, const YamlNode& root, Configuration& configuration);
/// After channels, which it refers to.
void read_owners(SectionReader& read, const YamlNode& root, Configuration& configuration);
/// After owners: what holds for all alerts.
void read_alerting(SectionReader& read, const YamlNode& root, Configuration& configuration);
void read_judges(SectionReader& read, const YamlNode& root, Configuration& configuration);
/// `scale`, `parameters`, `sample` and `sentinels` of one judge; `what` is how complaints call it.
void read_judge_details(SectionReader& read, const YamlNode& node, const std::string& what,
                        evaluate::Judge& judge);
/// After owners and judges, which it refers to.
void read_dimensions(SectionReader& read, const YamlNode& root, Configuration& configuration);
void read_privacy(SectionReader& read, const YamlNode& root, Configuration& configuration);
/// server, limits, assembly, journal, facts: read off the list of options.
void read_settings(SectionReader& read, const YamlNode& root, Configuration& configuration);

/// Writes effective_text and version.
void write_effective(Configuration& configuration,
                     const std::map<std::string, std::string>& file_versions);

/// What an URL may not be: no http(s), a name or password in it (A13). "" if it is fine.
std::string url_fault(std::string_view url);

}  // namespace plimsoll::app
