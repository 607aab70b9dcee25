/// record_answers.h: what is asked of the evidence trail, answered of the trail alone: for the API,
/// and for a command that opens nothing else.
#pragma once

#include "record/run_record.h"
#include "show/http.h"

namespace plimsoll::show {

/// A page of records, newest first: query kind, subject, before, limit.
HttpAnswer records_answer(record::RunRecords& records, const HttpRequest& request);
/// Whether the chain is whole: query head.
HttpAnswer chain_answer(record::RunRecords& records, const HttpRequest& request);

}  // namespace plimsoll::show
