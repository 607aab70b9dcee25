/// otlp.h: OTLP trace requests as views over their own bytes.
///
///   body ──admit──▶ Admitted{otlp, span_count, rejected, why}     the door: once per request
///   otlp ──for_each_span──▶ SpanView, SpanView, …                 later: as often as one likes
///
/// `admit` checks everything a sender can get wrong. What it lets through is protobuf in which
/// every id of a span has its length, every string is UTF-8 and every limit holds, so readers
/// behind it need not ask again; they must still not crash on other bytes, since a disk can flip a
/// bit.
///
/// Because repeated fields concatenate, two admitted bodies put one after the other are one body.
#pragma once

#include "wire/admit.h"
#include "wire/any_value.h"
#include "wire/span_view.h"
