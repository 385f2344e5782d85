#include "modules/programmes/payment_checks.hpp"

#include "core/header_field.hpp"
#include "core/recurring.hpp"
#include "modules/payments/payments.hpp"
#include "modules/programmes/fee_payments.hpp"
#include "modules/programmes/fee_refunds.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace concentric::programmes {
namespace {

// Often at first, then ever more seldom: WeChat Pay asks for that (https://pay.weixin.qq.com/doc/v3/merchant/4013071031).
bool is_due(Call const& call, Instant asked, Instant checked)
{
    auto const age = call.now.milliseconds - asked.milliseconds, since = call.now.milliseconds - checked.milliseconds;
    return since >= std::min(age / 4, milliseconds::hour);
}

bool is_still_owed(Call& call, PaymentRow const& row)
{
    auto const order = order_with(call, row.training_order);
    return order && order->state == OrderState::unpaid;
}

// A code that ran out, or whose fee was settled otherwise, is closed so that nobody pays it any more.
void close(Call& call, PaymentRow const& row, payments::ChargeNews& news)
try {
    if (row.expires_at > call.now && is_still_owed(call, row))
        return;
    payments::way_named(row.method).close(outer_number(row.county, row.id.value));
    news.state = ChargeState::closed;
} catch (payments::Refused const& no) {
    spdlog::info("payment {}: not closed: {} {}", row.id.value, no.code, no.what()); // paid just now: the next look finds that
}

void look_after(Call& call, PaymentRow const& row)
{
    auto news = payments::way_named(row.method).look_up(outer_number(row.county, row.id.value));
    if (news.state == ChargeState::unpaid)
        close(call, row, news);
    db::Transaction transaction(call.db);
    call.db.execute("UPDATE training_payments SET checked_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, call.now);
    take_news(call, row.id, news);
    transaction.commit();
}

// One that is refused keeps nobody else waiting; where WeChat Pay does not answer at all, the rest waits for the next look.
template <class Look> void attempt(std::string_view what, std::int64_t id, Look&& look)
try {
    look();
} catch (payments::Away const&) {
    throw;
} catch (std::exception const& why) {
    spdlog::error("{} {}: {}", what, id, why.what());
}

// Gives how many were looked at.
std::int64_t check_county(Call& call, Progress& progress)
{
    std::int64_t looked_at = 0;
    for (auto const& row : call.db.rows<PaymentRow>(
             "SELECT * FROM training_payments WHERE county = $1 AND state = 'unpaid' AND fault = 'none' ORDER BY asked_at",
             call.county))
        if (is_due(call, row.asked_at, row.checked_at)) {
            progress.check();
            attempt("payment", row.id.value, [&] { look_after(call, row); });
            ++looked_at;
        }
    for (auto const& row : call.db.rows<RefundRow>(
             "SELECT * FROM training_refunds WHERE county = $1 AND state = 'asked' ORDER BY asked_at", call.county))
        if (is_due(call, row.asked_at, row.checked_at)) {
            progress.check();
            attempt("refund", row.id.value, [&] { advance(call, row); });
            ++looked_at;
        }
    return looked_at;
}

std::string run_payment_check(Call& call, std::string const&, Progress& progress)
{
    std::int64_t looked_at = 0;
    auto const own = call.county;
    try {
        for (auto const county :
            call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
            call.county = county;
            looked_at += check_county(call, progress);
        }
    } catch (payments::Away const& why) {
        spdlog::warn("payments are looked at again later: {}", why.what());
    }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_checking_payments(call);
    transaction.commit();
    return std::to_string(looked_at);
}

struct WechatMessage {
    HeaderField wechatpay_timestamp, wechatpay_nonce, wechatpay_signature, wechatpay_serial;
};
BOOST_DESCRIBE_STRUCT(WechatMessage, (), (wechatpay_timestamp, wechatpay_nonce, wechatpay_signature, wechatpay_serial))

template <class I, class News> void take(Call& call, News const& news, std::string_view kind)
{
    auto const number = outer_number_in(news.number);
    if (!number)
        throw invalid("out_trade_no", "unknown", {"没有这笔支付。", "There is no such payment."});
    call.county = number->county;
    call.audit_subject = fmt::format("{}:{}", kind, number->id);
    take_news(call, I{number->id}, news);
}

// Answered with 204 once what it says is on the disk; anything else lets WeChat Pay send it again, for a day.
Nothing take_wechat_notice(Call& call, WechatMessage const& input)
{
    auto const* const wechat = payments::wechat_pay();
    if (!wechat)
        throw not_found({"支付方式", "way of payment"});
    payments::WechatSignature const by{
        input.wechatpay_timestamp, input.wechatpay_nonce, input.wechatpay_signature, input.wechatpay_serial};
    auto const notice = wechat->opened(by, call.body, call.now);
    if (notice.charge)
        take<PaymentId>(call, *notice.charge, "training_payment");
    if (notice.refund)
        take<RefundId>(call, *notice.refund, "training_refund");
    return {};
}

} // namespace

void keep_checking_payments(Call& call)
{
    if (!payments::wechat_pay())
        return;
    // As the installation's own, so that no county's import holds it up.
    auto const county = std::exchange(call.county, 0);
    run_again(call, payment_check_job, "{}", {call.now.milliseconds + payments::check_seconds() * 1000});
    call.county = county;
}

void handle_payment_check_job(Jobs& jobs) { jobs.handle(std::string(payment_check_job), run_payment_check, JobLane::quick); }

Routes payment_notice_routes()
{
    return {
        route(Verb::post, std::string(payments::notice_path), Permission::anyone, "payment_notice_take",
            "What WeChat Pay has to say, signed by it", take_wechat_notice)
            .with_file(),
    };
}

} // namespace concentric::programmes
