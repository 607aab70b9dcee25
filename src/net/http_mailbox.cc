#include <atomic>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "net/http_connection.h"

namespace plimsoll::net {

namespace {

class Ticket final : public HttpExchange::Port {
  public:
    Ticket(std::shared_ptr<HttpMailbox> mailbox, std::weak_ptr<HttpConnection> connection)
        : mailbox_(std::move(mailbox)), connection_(std::move(connection)) {}
    ~Ticket() override {
        if (!used_) mailbox_->send(std::move(connection_), {.status = 0});
    }
    void reply(HttpReply reply) override {
        if (used_.exchange(true)) return;
        mailbox_->send(std::move(connection_), std::move(reply));
    }

  private:
    std::shared_ptr<HttpMailbox> mailbox_;
    std::weak_ptr<HttpConnection> connection_;
    std::atomic<bool> used_{false};
};

}  // namespace

std::shared_ptr<HttpExchange::Port> HttpMailbox::ticket(std::weak_ptr<HttpConnection> connection) {
    return std::make_shared<Ticket>(shared_from_this(), std::move(connection));
}

void HttpMailbox::send(std::weak_ptr<HttpConnection> to, HttpReply reply) {
    const std::lock_guard lock(mutex_);
    if (!context_) return;
    letters_.push_back({std::move(to), std::move(reply)});
    // A journal answers its whole group in one go: one wake-up carries all of it.
    if (letters_.size() == 1) {
        boost::asio::post(*context_, [self = shared_from_this()] { self->deliver(); });
    }
}

void HttpMailbox::close() {
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
    letters_.clear();
}

void HttpMailbox::deliver() {
    std::vector<Letter> letters;
    {
        const std::lock_guard lock(mutex_);
        letters.swap(letters_);
    }
    for (Letter& letter : letters) {
        if (const auto connection = letter.to.lock()) connection->on_reply(std::move(letter.reply));
    }
}

}  // namespace plimsoll::net
