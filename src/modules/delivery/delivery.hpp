#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"

// People hear outside of the platform of what lies unread in their inbox: by WeChat, WeCom, short message or mail, one way after
// the other until they have read it (送达).
namespace concentric::delivery {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::delivery
