/// judging_service.h: all that one server needs to judge: clients with their keys, lanes, the
/// runner.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/configuration/configuration.h"
#include "app/judging/journal_interactions.h"
#include "app/judging/judge_runner.h"
#include "net/model_client.h"

namespace plimsoll::app {

class JudgingService {
  public:
    /// Judges whose key is not set are left out, with a notice; what is due for them waits. The
    /// Error is the ledger's. Everything passed by reference must outlive it.
    static Result<std::unique_ptr<JudgingService>> start(
        const Configuration& configuration, record::JudgeLedger& ledger, record::Facts& facts,
        record::Journal& journal, const Clock& clock, std::vector<std::string>& notices);
    ~JudgingService() { stop(); }

    /// Waits ten seconds for requests that are out, then cuts them off. May be called twice.
    void stop();

    JudgeRunner& runner() { return *runner_; }

  private:
    JudgingService(record::Facts& facts, record::Journal& journal)
        : interactions_(facts, journal) {}

    JournalInteractions interactions_;
    std::vector<std::unique_ptr<net::ModelClient>> clients_;  ///< One for each lane.
    std::unique_ptr<JudgeRunner> runner_;
};

}  // namespace plimsoll::app
