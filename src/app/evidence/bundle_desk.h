/// bundle_desk.h: makes bundles out of the stores of one data directory.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "analyse/evidence/collect_bundle.h"
#include "app/configuration/configuration.h"
#include "record/alert_log.h"

namespace plimsoll::app {

class BundleDesk {
  public:
    /// Opens what it needs of `data` beside what it is given, which must outlive it. `ledger` may
    /// be nullptr.
    static Result<std::unique_ptr<BundleDesk>> open(const std::filesystem::path& data,
                                                    record::Facts& facts, record::Journal& journal,
                                                    record::JudgeLedger* ledger,
                                                    record::Findings& findings,
                                                    const Configuration& configuration);

    /// Of a finding, or of the first finding of an alert. Any thread.
    Result<analyse::BundleFiles> bundle(const std::string& id,
                                        const analyse::BundleOptions& options);

  private:
    BundleDesk(record::Facts& facts, record::Journal& journal, record::JudgeLedger* ledger,
               record::Findings& findings, const Configuration& configuration)
        : facts_(facts),
          journal_(journal),
          ledger_(ledger),
          findings_(findings),
          configuration_(configuration) {}
    Result<record::Finding> finding(const std::string& id);

    record::Facts& facts_;
    record::Journal& journal_;
    record::JudgeLedger* const ledger_;
    record::Findings& findings_;
    const Configuration& configuration_;
    std::unique_ptr<record::AlertLog> alerts_;
    std::unique_ptr<record::RunRecords> records_;
};

}  // namespace plimsoll::app
