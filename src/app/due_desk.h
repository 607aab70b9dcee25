/// due_desk.h: what is to be done next, out of the stores of one data directory.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "analyse/calibration/due.h"
#include "analyse/calibration/trust_book.h"
#include "record/datasets.h"

namespace plimsoll::app {

class DueDesk {
  public:
    /// Opens alerts and datasets of `data`; what it is given must outlive it.
    static Result<std::unique_ptr<DueDesk>> open(const std::filesystem::path& data,
                                                 record::Facts& facts, record::Findings& findings,
                                                 analyse::TrustBook& trust, const Clock& clock,
                                                 std::vector<std::string> slices);

    /// Most urgent first. Any thread.
    Result<std::vector<analyse::DueItem>> due();

  private:
    DueDesk(record::Facts& facts, record::Findings& findings, analyse::TrustBook& trust,
            const Clock& clock, std::vector<std::string> slices)
        : facts_(facts),
          findings_(findings),
          trust_(trust),
          clock_(clock),
          slices_(std::move(slices)) {}
    Result<Done> add_traffic(analyse::DueMaterial& material);
    Result<Done> add_examples(analyse::DueMaterial& material);

    record::Facts& facts_;
    record::Findings& findings_;
    analyse::TrustBook& trust_;
    const Clock& clock_;
    const std::vector<std::string> slices_;
    std::unique_ptr<record::AlertLog> alerts_;
    std::unique_ptr<record::Datasets> datasets_;
};

}  // namespace plimsoll::app
