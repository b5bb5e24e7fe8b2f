from app.briefs.staff_page import StaffPage
def fit_staff_page(page: StaffPage) -> StaffPage:
    return page
