#include "net/grpc_door.h"

#include <mutex>
#include <optional>
#include <vector>

#include <grpc/support/log.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/resource_quota.h>

#include "net/answer_table.h"
#include "net/open_body.h"

namespace plimsoll::net {

namespace {

using record::Answer;
using wire::RpcCode;

std::optional<wire::Signal> signal_of(std::string_view method) {
    if (method == "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        return wire::Signal::traces;
    if (method == "/opentelemetry.proto.collector.logs.v1.LogsService/Export")
        return wire::Signal::logs;
    return std::nullopt;
}

/// gRPC hides its grpc-encoding field and the flag of the message from a server that inflates for
/// itself, but compressed formats announce themselves, and none of these beginnings is that of an
/// ExportTraceServiceRequest or its like of logs (1f is no valid field; fields 5 and 15 do not
/// exist).
wire::Compression compression_seen(std::string_view message) {
    if (message.starts_with("\x1f\x8b")) return wire::Compression::gzip;
    if (message.starts_with("\x28\xb5\x2f\xfd")) return wire::Compression::zstd;
    if (message.size() > 2 && message[0] == '\x78' &&
        (0x7800 + static_cast<unsigned char>(message[1])) % 31 == 0) {
        return wire::Compression::deflate;
    }
    return wire::Compression::identity;
}

std::optional<std::string_view> metadata(const grpc::GenericCallbackServerContext& context,
                                         const char* name) {
    const auto found = context.client_metadata().find(name);
    if (found == context.client_metadata().end()) return std::nullopt;
    return std::string_view(found->second.data(), found->second.size());
}

grpc::Status to_status(const GrpcReply& reply) {
    return {static_cast<grpc::StatusCode>(reply.code), reply.message, reply.details};
}

std::string joined(const grpc::ByteBuffer& message) {
    std::vector<grpc::Slice> slices;
    std::string body;
    if (!message.Dump(&slices).ok()) return body;
    body.reserve(message.Length());
    for (const grpc::Slice& slice : slices) {
        body.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    return body;
}

/// What every call needs.
struct Door {
    record::Intake& intake;
    ByteBudget& budget;
    KeyCheck key_check;
};

/// One Export call, from its first byte to its answer. Deletes itself when gRPC is done with it.
class Export final : public grpc::ServerGenericBidiReactor {
  public:
    Export(Door& door, const grpc::GenericCallbackServerContext& context)
        : door_(door), signal_(signal_of(context.method()).value_or(wire::Signal::traces)) {
        if (const auto refusal = refuse(context)) {
            finish(*refusal);
        } else {
            StartRead(&message_);
        }
    }

    void OnReadDone(bool ok) override {
        if (!ok) return finish(grpc_refusal(RpcCode::invalid_argument, "the call has no message"));
        const std::shared_ptr<Slot> slot = slot_;  // Once answered, this call may be gone.
        record::Intake& intake = door_.intake;
        slot->put(this);
        try {
            take();
        } catch (const std::exception& error) {
            if (Export* self = slot->take()) {
                self->finish(grpc_reply(intake.come_back(error.what())));
            }
        }
    }

    /// The peer went away, or the door is being closed before the journal answered.
    void OnCancel() override {
        if (Export* self = slot_->take()) {
            self->finish(grpc_reply(door_.intake.come_back("the call was cut short")));
        }
    }

    void OnDone() override { delete this; }

  private:
    /// Stands between the call and the journal, either of which may end first.
    class Slot {
      public:
        void put(Export* call) {
            const std::lock_guard lock(mutex_);
            call_ = call;
        }
        /// The call, for the first who asks: he must finish it.
        Export* take() {
            const std::lock_guard lock(mutex_);
            return std::exchange(call_, nullptr);
        }

      private:
        std::mutex mutex_;
        Export* call_ = nullptr;
    };

    std::optional<GrpcReply> refuse(const grpc::GenericCallbackServerContext& context) const {
        if (!signal_of(context.method())) {
            return grpc_refusal(RpcCode::unimplemented,
                                context.method().find("collector") != std::string::npos
                                    ? "only traces and logs are accepted: switch the exporter of "
                                      "metrics off"
                                    : "this port takes OTLP traces and logs over gRPC");
        }
        if (door_.key_check && !door_.key_check(presented_key(metadata(context, "authorization"),
                                                              metadata(context, "x-api-key")),
                                                record::KeyRole::ingest)) {
            return grpc_refusal(RpcCode::unauthenticated,
                                "a key that may ingest is needed: send it as metadata "
                                "\"authorization: Bearer KEY\" or \"x-api-key: KEY\"");
        }
        return std::nullopt;
    }

    void take() {
        auto held = door_.budget.reserve(message_.Length());
        if (!held) return answer(door_.intake.come_back("too many bytes are under way"));
        std::string body = joined(message_);
        message_.Clear();
        const wire::Compression compression = compression_seen(body);
        OpenedBody opened =
            open_body(std::move(body), compression, door_.intake.limits().body_bytes_max, *held);
        // Before the answer: whoever has it may count on the room.
        if (opened.outcome != OpenedBody::Outcome::ok) held.reset();
        switch (opened.outcome) {
            case OpenedBody::Outcome::ok:
                break;
            case OpenedBody::Outcome::damaged:
                ++door_.intake.counts().malformed;
                return answer({.kind = Answer::Kind::malformed, .message = opened.why});
            case OpenedBody::Outcome::too_large:
                ++door_.intake.counts().too_large;
                return answer({.kind = Answer::Kind::too_large, .message = opened.why});
            case OpenedBody::Outcome::over_budget:
                return answer(door_.intake.come_back(opened.why));
        }
        door_.intake.submit(
            std::move(opened.body), wire::Encoding::protobuf, std::move(*held),
            [slot = slot_](const Answer& answer) {
                if (Export* self = slot->take()) self->finish(grpc_reply(answer));
            },
            signal_);
    }

    void answer(const Answer& answer) {
        if (Export* self = slot_->take()) self->finish(grpc_reply(answer));
    }

    /// After this the call may be gone at any moment.
    void finish(const GrpcReply& reply) {
        if (reply.code != RpcCode::ok) return Finish(to_status(reply));
        const grpc::Slice slice(reply.body);
        response_ = grpc::ByteBuffer(&slice, 1);
        StartWriteAndFinish(&response_, {}, grpc::Status::OK);
    }

    Door& door_;
    const wire::Signal signal_;
    grpc::ByteBuffer message_;
    grpc::ByteBuffer response_;
    const std::shared_ptr<Slot> slot_ = std::make_shared<Slot>();
};

class Service final : public grpc::CallbackGenericService {
  public:
    explicit Service(Door door) : door_(std::move(door)) {}

    grpc::ServerGenericBidiReactor* CreateReactor(
        grpc::GenericCallbackServerContext* context) override {
        return new Export(door_, *context);
    }

  private:
    Door door_;
};

int in_ms(std::chrono::milliseconds duration) {
    return static_cast<int>(duration.count());
}

/// gRPC writes what peers do to it to stderr, where anyone may fill a disk with it.
void quieten_grpc() {
    static std::once_flag once;
    std::call_once(once, [] { gpr_set_log_function([](gpr_log_func_args*) {}); });
}

}  // namespace

struct GrpcDoor::Impl {
    Impl(const GrpcOptions& o, Door door) : options(o), service(std::move(door)) {}

    Result<Done> listen(const record::Intake& intake) {
        quieten_grpc();
        const int message_bytes_max = static_cast<int>(intake.limits().body_bytes_max);
        grpc::ServerBuilder builder;
        builder.RegisterCallbackGenericService(&service);
        builder.SetMaxReceiveMessageSize(message_bytes_max);
        builder.SetResourceQuota(grpc::ResourceQuota("otlp").Resize(options.receive_bytes_max));
        builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
        builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
        builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.streams_max);
        builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE,
                                   static_cast<int>(options.metadata_bytes_max));
        builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS,
                                   in_ms(options.handshake_within));
        builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, in_ms(options.idle_within));
        builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, in_ms(options.keepalive));
        builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
        builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
        builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                                   in_ms(options.ping_interval_min));
        builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
        int bound = 0;
        builder.AddListeningPort(to_text(options.address), grpc::InsecureServerCredentials(),
                                 &bound);
        server = builder.BuildAndStart();
        if (!server || bound == 0) {
            // gRPC does not say why; trying it ourselves does.
            const int refusal = probe_bind(options.address);
            return bind_error("OTLP/gRPC", options.address, refusal ? refusal : EADDRINUSE);
        }
        port = static_cast<std::uint16_t>(bound);
        return Done{};
    }

    void stop() {
        if (!server) return;
        server->Shutdown(std::chrono::system_clock::now() + options.stop_within);
        server->Wait();
        server.reset();
    }

    const GrpcOptions options;
    Service service;
    std::unique_ptr<grpc::Server> server;
    std::uint16_t port = 0;
};

GrpcDoor::GrpcDoor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GrpcDoor::~GrpcDoor() {
    stop();
}

Result<std::unique_ptr<GrpcDoor>> GrpcDoor::open(const GrpcOptions& options, record::Intake& intake,
                                                 ByteBudget& budget, KeyCheck key_check) {
    auto impl = std::make_unique<Impl>(options, Door{intake, budget, std::move(key_check)});
    if (const auto listening = impl->listen(intake); !listening) return listening.error();
    return std::unique_ptr<GrpcDoor>(new GrpcDoor(std::move(impl)));
}

std::uint16_t GrpcDoor::port() const {
    return impl_->port;
}
void GrpcDoor::stop() {
    impl_->stop();
}

}  // namespace plimsoll::net
