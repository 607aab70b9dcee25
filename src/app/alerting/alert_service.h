/// alert_service.h: all that one server needs to tell people: the book of alerts, a thread that
/// takes its steps, and a thread for each channel.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "alert/alert_book.h"
#include "app/alerting/delivery_thread.h"
#include "app/configuration/configuration.h"

namespace plimsoll::app {

/// What the configuration says about being told, as alerts need it. `page` is the page's address.
alert::Policy policy_of(const Configuration& configuration, const std::string& page);

class AlertService {
  public:
    /// Channels whose variables are not set hold what they should tell, with a notice. References
    /// must outlive it. Nothing runs before start().
    AlertService(const Configuration& configuration, alert::AlertBook::Parts parts,
                 std::vector<std::string>& notices);
    ~AlertService() { stop(); }

    /// Once the page's address is known.
    void start(const std::string& page);
    /// Cuts off what is under way; what was not settled is sent again. May be called twice.
    void stop();

    alert::AlertBook& book() { return *book_; }

  private:
    void run();
    DeliveryThread::Send send_of(const std::string& name, const Channel& channel,
                                 std::vector<std::string>& notices);

    struct Line {
        std::string name;
        DeliveryThread::Send send;
    };

    const Configuration& configuration_;
    alert::AlertBook::Parts parts_;
    std::unique_ptr<alert::AlertBook> book_;
    std::vector<std::unique_ptr<net::ChannelSender>> senders_;
    std::vector<Line> lines_;
    std::vector<std::unique_ptr<DeliveryThread>> deliveries_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace plimsoll::app
