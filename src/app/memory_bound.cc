#include "app/server.h"
#include "net/grpc_door.h"

namespace plimsoll::app {

std::vector<MemoryLine> memory_bound(const Configuration& configuration) {
    constexpr std::uint64_t mib = 1u << 20;
    const auto& server = configuration.server;
    return {
        {"requests, between socket and journal", server.byte_budget},
        {"gRPC messages not yet whole", net::GrpcOptions().receive_bytes_max},
        {"connections, 32 KiB each, of two HTTP servers", 2 * server.connections_max * 32 * 1024},
        {"journal: group, its compressed form, page cache", 24 * mib},
        {"open traces, 24 bytes a span", configuration.gather.open_spans_max * 24},
        {"recent traces, 60 bytes each", configuration.gather.recent_traces_max * 60},
        {"evaluation: rows read, rows kept", 2 * 8 * mib + 96 * mib},
        {"page: rows of traces looked at", 32 * mib},
        {"DuckDB", configuration.facts_memory_bytes},
    };
}

}  // namespace plimsoll::app
