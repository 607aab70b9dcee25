/// otlp_door_bench.cc: W1 and W7 through the doors alone: real sockets on loopback, a journal that
/// keeps nothing. Bytes and requests are per second of wall clock; `server_cpu_us` is what the
/// server spent on one request (process less client).
#include <sys/epoll.h>
#include <time.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "net/grpc_door.h"
#include "net/otlp_http_door.h"
#include "net/raw_client_for_test.h"
#include "net/traces_for_test.h"

namespace plimsoll::net {
namespace {

using wire::outgoing::to_otlp;

/// Forgets at once, or in groups: one thread answers all who wait, then takes `sync_us` as a disk
/// would.
class ForgetfulJournal final : public record::Journal {
  public:
    explicit ForgetfulJournal(int sync_us) : sync_us_(sync_us) {
        if (sync_us_ > 0) thread_ = std::thread([this] { run(); });
    }
    ~ForgetfulJournal() override {
        {
            const std::lock_guard lock(mutex_);
            stopped_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable()) thread_.join();
    }
    void append(std::string, std::size_t,
                std::function<void(Result<std::uint64_t>)> done) override {
        if (sync_us_ == 0) return done(std::uint64_t{1});
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(done));
        }
        wake_.notify_one();
    }
    Result<std::vector<record::JournalRow>> read(std::uint64_t, std::size_t) override {
        return std::vector<record::JournalRow>{};
    }
    Result<std::optional<record::JournalRow>> row(std::uint64_t) override {
        return std::optional<record::JournalRow>{};
    }
    UnixNanos settled() override { return 0; }
    record::JournalStatus status() override { return {}; }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        while (!stopped_) {
            wake_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
            std::vector<std::function<void(Result<std::uint64_t>)>> group;
            group.swap(waiting_);
            lock.unlock();
            std::this_thread::sleep_for(std::chrono::microseconds(sync_us_));
            for (const auto& done : group) done(std::uint64_t{1});
            lock.lock();
        }
    }

    const int sync_us_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::function<void(Result<std::uint64_t>)>> waiting_;
    bool stopped_ = false;
    std::thread thread_;
};

double cpu_seconds(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Sends `request` on each connection as soon as the answer to the one before is there, until
/// `count` were answered. Answers of full success end with their head.
class ClosedLoop {
  public:
    ClosedLoop(std::uint16_t port, int connections) : epoll_(epoll_create1(0)) {
        for (int i = 0; i < connections; ++i) {
            clients_.push_back(std::make_unique<RawClient>(port));
            epoll_event event{.events = EPOLLIN, .data = {.u32 = static_cast<std::uint32_t>(i)}};
            epoll_ctl(epoll_, EPOLL_CTL_ADD, clients_.back()->descriptor(), &event);
        }
    }
    ~ClosedLoop() { ::close(epoll_); }

    bool run(const std::string& request, std::size_t count) {
        std::size_t sent = 0;
        std::size_t answered = 0;
        for (const auto& client : clients_) {
            if (sent++ < count && !client->send(request)) return false;
        }
        std::vector<epoll_event> events(256);
        while (answered < count) {
            const int ready = epoll_wait(epoll_, events.data(), 256, 10'000);
            if (ready <= 0) return false;
            for (int i = 0; i < ready; ++i) {
                RawClient& client = *clients_[events[i].data.u32];
                if (!client.receive()) return false;
                if (!client.received().ends_with("\r\n\r\n")) continue;
                if (!client.received().starts_with("HTTP/1.1 200")) return false;
                client.forget_received();
                ++answered;
                if (sent < count) {
                    ++sent;
                    if (!client.send(request)) return false;
                }
            }
        }
        return true;
    }

  private:
    int epoll_;
    std::vector<std::unique_ptr<RawClient>> clients_;
};

void run_http(benchmark::State& state, const std::string& request, std::size_t per_iteration,
              int sync_us, std::size_t bytes) {
    ForgetfulJournal journal(sync_us);
    record::Intake intake(journal, {});
    ByteBudget budget(1u << 30);
    auto door = OtlpHttpDoor::open({.address = {.port = 0}}, intake, budget);
    ClosedLoop loop((*door)->port(), static_cast<int>(state.range(0)));
    const double client = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    const double all = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
    std::size_t requests = 0;
    for (auto _ : state) {
        if (!loop.run(request, per_iteration)) state.SkipWithError("an answer was not 200");
        requests += per_iteration;
    }
    const double server = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - all -
                          (cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - client);
    state.SetItemsProcessed(static_cast<std::int64_t>(requests));
    state.SetBytesProcessed(static_cast<std::int64_t>(requests * bytes));
    state.counters["server_cpu_us"] = server * 1e6 / static_cast<double>(requests);
}

void W7_http_one_span_per_request(benchmark::State& state) {
    const std::string body = to_otlp(traces(1, 0, 500));
    run_http(state, post("/v1/traces", protobuf_type, body), 10'000,
             static_cast<int>(state.range(1)), body.size());
}
BENCHMARK(W7_http_one_span_per_request)
    ->Args({256, 0})
    ->Args({256, 500})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void W1_http_fat_bodies(benchmark::State& state) {
    const std::string body = to_otlp(traces(64, 0, 9'300));
    run_http(state, post("/v1/traces", protobuf_type, body), 500, 0, body.size());
}
BENCHMARK(W1_http_fat_bodies)
    ->Arg(1)
    ->Arg(4)
    ->Arg(16)
    ->Arg(64)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Unary calls of one channel, `width` of them under way at a time.
void run_grpc(benchmark::State& state, const std::string& body, std::size_t per_iteration,
              int sync_us) {
    const auto width = static_cast<std::size_t>(state.range(0));
    ForgetfulJournal journal(sync_us);
    record::Intake intake(journal, {});
    ByteBudget budget(1u << 30);
    auto door = GrpcDoor::open({.address = {.port = 0}, .streams_max = 1024}, intake, budget);
    const auto channel = grpc::CreateChannel(fmt::format("127.0.0.1:{}", (*door)->port()),
                                             grpc::InsecureChannelCredentials());
    grpc::GenericStub stub(channel);
    const grpc::Slice slice(body);
    const grpc::ByteBuffer request(&slice, 1);
    struct Call {
        grpc::ClientContext context;
        grpc::ByteBuffer response;
        grpc::Status status;
        std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
    };
    grpc::CompletionQueue queue;
    const auto begin = [&] {
        auto* call = new Call;
        call->reader = stub.PrepareUnaryCall(
            &call->context, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", request,
            &queue);
        call->reader->StartCall();
        call->reader->Finish(&call->response, &call->status, call);
    };
    const double all = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
    std::size_t requests = 0;
    for (auto _ : state) {
        std::size_t begun = 0;
        while (begun < std::min(width, per_iteration)) ++begun, begin();
        for (std::size_t done = 0; done < per_iteration; ++done) {
            void* tag = nullptr;
            bool ok = false;
            queue.Next(&tag, &ok);
            const std::unique_ptr<Call> call(static_cast<Call*>(tag));
            if (!call->status.ok()) state.SkipWithError(call->status.error_message().c_str());
            if (begun < per_iteration) ++begun, begin();
        }
        requests += per_iteration;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(requests));
    state.SetBytesProcessed(static_cast<std::int64_t>(requests * body.size()));
    state.counters["both_cpu_us"] =
        (cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - all) * 1e6 / static_cast<double>(requests);
}

void W7_grpc_one_span_per_call(benchmark::State& state) {
    run_grpc(state, to_otlp(traces(1, 0, 500)), 5'000, static_cast<int>(state.range(1)));
}
BENCHMARK(W7_grpc_one_span_per_call)
    ->Args({256, 0})
    ->Args({256, 500})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void W6_grpc_fat_bodies(benchmark::State& state) {
    run_grpc(state, to_otlp(traces(64, 0, 9'300)), 200, 0);
}
BENCHMARK(W6_grpc_fat_bodies)->Arg(1)->Arg(16)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plimsoll::net
