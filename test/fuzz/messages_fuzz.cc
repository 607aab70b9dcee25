/// Messages, tools and documents in every dialect: texts of attributes.
#include "fuzz.h"
#include "interaction/message_reader.h"

using namespace plimsoll;
using namespace plimsoll::interaction;

void fuzz_one(std::string_view bytes) {
    read_messages(bytes, Role::user);
    read_messages_or_words(bytes, Role::assistant);
    std::vector<Part> parts;
    read_content_text(bytes, parts);
    read_tools(bytes);
    read_documents(bytes);
}
