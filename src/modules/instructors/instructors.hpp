#pragma once

#include "core/route.hpp"
#include "core/sealed.hpp"

// The guidance-instructor scheme (家庭教育指导师): holders of a valid certificate join one of three groups, offer trainings in a
// menu, are booked by schools, communities and carers, and are rated by who was there.
namespace concentric::instructors {

Routes routes();
void subscribe(Events&);
// For a new key.
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::instructors
