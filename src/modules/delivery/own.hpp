#pragma once

#include "core/jobs.hpp"
#include "core/mail.hpp"
#include "core/route.hpp"
#include "modules/delivery/channels.hpp"

// What each person sees and says of the ways that reach them.
namespace concentric::delivery {

struct OwnWay {
    Channel channel = Channel::wechat;
    std::string name;
    std::optional<std::string> address; // masked; none: no way to this person yet
    bool carries_digests = false; // by the settings of the installation
    bool is_wanted = true; // for the digest; what is urgent comes in any case
};
BOOST_DESCRIBE_STRUCT(OwnWay, (), (channel, name, address, carries_digests, is_wanted))

struct OwnWays {
    std::vector<OwnWay> ways; // those that the installation has, in their order
    std::optional<std::string> email; // one's own, confirmed
    std::string digest_time; // "18:30"
    std::int64_t urgent_minutes = 0, next_minutes = 0;
};
BOOST_DESCRIBE_STRUCT(OwnWays, (), (ways, email, digest_time, urgent_minutes, next_minutes))
OwnWays own_ways(Call&, Nothing const&);

struct WantWay {
    Channel channel = Channel::wechat;
    bool is_wanted = true;
};
BOOST_DESCRIBE_STRUCT(WantWay, (), (channel, is_wanted))
OwnWays want_way(Call&, WantWay const&);

struct AskForEmailCode {
    mail::Address email;
};
BOOST_DESCRIBE_STRUCT(AskForEmailCode, (), (email))
// Sends six digits there, good for ten minutes: one a minute, five an hour. 404 where no mail leaves the installation.
Nothing send_email_code(Call&, AskForEmailCode const&);

struct ConfirmEmail {
    Text<6, 6> code;
};
BOOST_DESCRIBE_STRUCT(ConfirmEmail, (), (code))
// The address becomes the person's when the code is right; five tries.
OwnWays confirm_email(Call&, ConfirmEmail const&);
OwnWays forget_email(Call&, Nothing const&);

Routes own_routes();
void handle_own_jobs(Jobs&);

} // namespace concentric::delivery
