#include "core/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

namespace concentric {
namespace {

constexpr std::size_t most_buffered = 32 * 1024;

// Lines on their way to the standard error output, in one buffer so that they keep their order.
class Lines {
public:
    void add(std::string_view line)
    {
        std::lock_guard const lock(mutex_);
        buffer_ += line;
        if (buffer_.size() > most_buffered)
            write_out();
    }

    void flush()
    {
        std::lock_guard const lock(mutex_);
        write_out();
    }

private:
    void write_out()
    {
        std::string_view rest = buffer_;
        while (!rest.empty()) {
            auto const written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written <= 0)
                break; // nobody reads it: a log must not stop the work
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        buffer_.clear();
    }

    std::mutex mutex_;
    std::string buffer_;
};

Lines& lines()
{
    static Lines all;
    return all;
}

class Sink final : public spdlog::sinks::base_sink<std::mutex> {
    void sink_it_(spdlog::details::log_msg const& message) override
    {
        spdlog::memory_buf_t formatted;
        formatter_->format(message, formatted);
        lines().add({formatted.data(), formatted.size()});
    }
    void flush_() override { lines().flush(); }
};

// %* in a pattern: the message as a JSON text.
class JsonMessage final : public spdlog::custom_flag_formatter {
    void format(spdlog::details::log_msg const& message, std::tm const&, spdlog::memory_buf_t& out) override
    {
        std::string text;
        reflect::write_text(text, {message.payload.data(), message.payload.size()});
        out.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<JsonMessage>(); }
};

constexpr char const* json_head = R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",)";

std::shared_ptr<spdlog::logger> logger(std::string const& name, std::string const& pattern, spdlog::level::level_enum level)
{
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    formatter->add_flag<JsonMessage>('*').set_pattern(pattern);
    auto made = std::make_shared<spdlog::logger>(name, std::make_shared<Sink>());
    made->set_formatter(std::move(formatter));
    made->set_level(level);
    made->flush_on(spdlog::level::warn);
    spdlog::drop(name);
    spdlog::register_logger(made);
    return made;
}

std::shared_ptr<spdlog::logger> requests;
LogFormat request_format = LogFormat::text;

} // namespace

void set_up_log(LogLevel level, LogFormat format)
{
    static constexpr spdlog::level::level_enum levels[]
        = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    auto const least = levels[static_cast<int>(level)];
    bool const json = format == LogFormat::json;
    spdlog::set_default_logger(
        logger("concentric", json ? json_head + std::string(R"("message":%*})") : "%Y-%m-%dT%H:%M:%S.%e%z %-7l %v", least));
    requests = logger("requests", json ? json_head + std::string("%v") : "%Y-%m-%dT%H:%M:%S.%e%z request %v", least);
    request_format = format;
    spdlog::flush_every(std::chrono::seconds(1));
}

void flush_log()
{
    spdlog::shutdown();
    lines().flush();
}

void log_request(RequestLine const& line)
{
    if (!requests || !requests->should_log(spdlog::level::info))
        return;
    if (request_format == LogFormat::json)
        requests->info("{}", std::string_view(to_json(line)).substr(1)); // the head has opened the object
    else
        requests->info("{} {} {} {:.1f} ms {} {} {}", line.method, line.route, line.status, line.ms, line.request,
            line.person.value, line.address);
}

} // namespace concentric
