#include "modules/demo/past_log_ins.hpp"

#include "modules/directory/posts.hpp"
#include "modules/sign_in/history.hpp"
#include "modules/sign_in/links.hpp"

namespace concentric::demo {
namespace {

using milliseconds::hour;

struct Device {
    std::string_view token, agent, address;
};
constexpr Device office{"demo-office", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36", "10.20.3.14"};
constexpr Device phone{"demo-phone", "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0", "223.104.5.77"};
constexpr Device borrowed{"demo-borrowed", "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Firefox/144.0", "117.136.62.8"};

class Past {
public:
    explicit Past(Call& call) : call_(call), now_(call.now) { }
    ~Past()
    {
        call_.now = now_;
        call_.agent = call_.address = call_.device = {};
    }

    void log_in(PersonId person, std::string_view method, Device const& device, std::int64_t hours_ago)
    {
        be_at(device, hours_ago);
        sign_in::note_log_in(call_, {person, method, {}});
    }
    void mistype(PersonId person, Device const& device, std::int64_t hours_ago)
    {
        be_at(device, hours_ago);
        sign_in::note_wrong_password(call_, {person, "password"});
    }
    void link_wechat(PersonId person, std::int64_t hours_ago)
    {
        be_at(phone, hours_ago);
        sign_in::add_link(call_, person, {"wechat", "o6_demo_" + std::to_string(person.value)}, person);
    }

private:
    void be_at(Device const& device, std::int64_t hours_ago)
    {
        call_.now = {now_.milliseconds - hours_ago * hour};
        call_.agent = device.agent;
        call_.address = device.address;
        call_.device = device.token;
    }

    Call& call_;
    Instant const now_;
};

} // namespace

void add_past_log_ins(Call& call)
{
    auto const people
        = call.db.values<PersonId>("SELECT person AS value FROM accounts WHERE county = $1 ORDER BY person", call.county);
    Past past(call);
    for (auto const person : people) {
        if (directory::posts_of(call, person, call.today()).empty()) {
            past.link_wechat(person, 24 * 33 - 20);
            past.log_in(person, "wechat", phone, 24 * 33 - 20);
            past.log_in(person, "wechat", phone, 24 * 3 - 21);
            continue;
        }
        past.log_in(person, "password", office, 24 * 40 - 8);
        past.log_in(person, "password", phone, 24 * 12 - 21);
        past.mistype(person, office, 24 * 6 - 8);
        past.log_in(person, "password", office, 24 * 6 - 9);
        past.log_in(person, "password", borrowed, 24 - 19);
    }
}

} // namespace concentric::demo
