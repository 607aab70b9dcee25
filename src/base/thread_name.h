/// thread_name.h: what a thread is called in top, gdb and /proc, so that its time can be told apart.
#pragma once

namespace plimsoll {

/// Of the calling thread; at most 15 bytes. The threads that it starts later inherit it.
void name_this_thread(const char* name);

}  // namespace plimsoll
