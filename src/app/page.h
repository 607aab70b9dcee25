/// page.h: the page's files, built from web/ and embedded in the binary.
#pragma once

#include "show/http.h"

namespace plimsoll::app {

/// The file for a path; the page itself for paths that are the page's own (/interactions/…), so that
/// a link can be sent to a colleague. 404 for files that do not exist.
show::HttpAnswer page_answer(const show::HttpRequest& request);

}  // namespace plimsoll::app
