#include "modules/rosters/wording.hpp"

namespace concentric::rosters {

Words words_of(Sort sort)
{
    switch (sort) {
    case Sort::staff: return {"教职工", "staff"};
    case Sort::police: return {"民警", "police"};
    case Sort::community: return {"社区", "community"};
    case Sort::parent: break;
    }
    return {"家长", "parent"};
}

Words words_of(ShiftState state)
{
    switch (state) {
    case ShiftState::present: return {"在岗", "present"};
    case ShiftState::claimed: return {"待复核", "to be countersigned"};
    case ShiftState::done: return {"已完成", "done"};
    case ShiftState::planned: break;
    }
    return {"已安排", "planned"};
}

Words words_of(Source source)
{
    switch (source) {
    case Source::code: return {"签到码", "code"};
    case Source::paper: return {"岗位二维码", "paper at the post"};
    case Source::hand: return {"手工登记", "by hand"};
    case Source::none: break;
    }
    return {"无", "none"};
}

Words words_of(NoteKind kind)
{
    switch (kind) {
    case NoteKind::award: return {"表彰奖励", "award"};
    case NoteKind::evaluation: return {"评价", "evaluation"};
    case NoteKind::training: break;
    }
    return {"培训", "training"};
}

} // namespace concentric::rosters
